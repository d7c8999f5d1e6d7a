#!/bin/sh
# A cluster of Apache Spark on the loopback, a master and two workers, for as long as one benchmark takes: 100,000
# records are matched on it and on one machine, once while a worker is ended. bench/spark.sh [--json]
# KONVOI_SPARK_PYTHON names a Python with konvoi[spark]; default: that of build/spark, made from its lock.
set -eu
cd "$(dirname -- "$0")/.."
python=${KONVOI_SPARK_PYTHON-build/spark/bin/python}
if [ ! -x "$python" ]; then
    [ -x .venv/bin/python ] || ./konvoi --version >/dev/null
    .venv/bin/python -m uv venv -q --python .venv/bin/python build/spark
    .venv/bin/python -m uv pip install -q --python build/spark/bin/python --require-hashes --no-deps \
        -r requirements/spark.txt
fi
python=$(cd "$(dirname -- "$python")" && pwd)/$(basename -- "$python")
SPARK_HOME=$("$python" -c 'import pyspark; print(pyspark.__path__[0])')
PYTHONPATH=$PWD/src:$PWD${PYTHONPATH+:$PYTHONPATH}
export SPARK_HOME PYTHONPATH PYSPARK_PYTHON="$python" PYSPARK_DRIVER_PYTHON="$python" SPARK_LOCAL_IP=127.0.0.1
port=${KONVOI_SPARK_PORT-7087}
room=$(mktemp -d)
pids=''
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || :; done; rm -rf "$room"' EXIT INT TERM

started() { # NAME ARGS…: starts a daemon and waits, for at most three minutes, until it has said that it is up.
    name=$1 && shift
    "$SPARK_HOME/bin/spark-class" "$@" >"$room/$name.log" 2>&1 &
    pids="$pids $!"
    n=0
    until grep -qs -e 'I have been elected leader' -e 'Successfully registered with master' "$room/$name.log"; do
        n=$((n + 1))
        [ "$n" -lt 180 ] || { cat "$room/$name.log" >&2 && exit 1; }
        sleep 1
    done
}

started master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
for worker in one two; do
    started "$worker" org.apache.spark.deploy.worker.Worker --cores 1 --memory 2g --host 127.0.0.1 --webui-port 0 \
        --work-dir "$room/$worker" "spark://127.0.0.1:$port"
done
"$python" -m bench.spread --master "spark://127.0.0.1:$port" --end "${pids##* }" "$@"
