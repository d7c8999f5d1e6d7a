"""Words of companies' names that lists translate: what stands for each, in English, Russian and Ukrainian.

An entry has the words that stand for it in comparing, then English words, and stems of Russian, Ukrainian
and Belarusian ones, to which endings are added. What means the same in names of companies stands in one
entry, also where a dictionary parts it. An entry of one word stands for that word, too.
"""

NOTHING = """
of the for and with named after name in on at by to a an its federation firm commercial no kb cb nko rnko
rnco им имен імя и та в у на по для при из или федерац фирм коммерческ комерційн я № кб нко рнко
"""
"""Words that lists write or leave out."""

WORDS = """
abkhazia: abkhazian абхаз абхазск; abroad: рубеж зарубеж зарубежн; academician: academic академик академіка;
academy: академ академі; acoustic: акустик акустическ; advertising: реклам рекламн; aerospace: аэрокосмическ
аерокосмічн; affair: дел справ; africa: african африк африканск; agency: агентств; agriculture: agricultural
agro agrarian сельскохозяйствен сільськогосподарськ аграрн агро; agriculture industry: агропромышлен
агропромышлено; air: воздушн воздушно повітрян; airborne: воздушнодесантн десантн десант; airfield:
aerodrome airbase аэродром авиабаз; airline: airways авиакомпан авиалин; airport: аэропорт; all russia:
allrussian всероссийск общероссийск; aluminium: aluminum алюмини алюминиев; ammunition: cartridge munitions
патронн боеприпас; analysis: analytical analytics аналитическ аналитик анализ; antenna: антенн; anti
aviation: зенитн; applied: прикладн; arctic: арктик арктическ; armour: armor armoured armored бронетанков
бронетехник бронирован броне; art: искусств; artificial: искусственн; artillery: артиллерийск; asia: asian
eurasian азі азиатск евразийск; assembly: собран ассамбле; association: union alliance объединен обєднання
обєднанням абяднанн союз спілк асоціац; audit: аудит аудиторск; automation: automated automatic автоматизац
автоматик автоматизирован автоматическ автомат; autonomous: автономн; average: medium средн; aviation:
aircraft aviatsiya airplane avia aero авиацион авиац авіацій авиа самолет літак; aviation engineering:
авиастроительн авиастроен самолетостроительн; aviation repair: авиаремонтн; azov: азов азовск; baltic: балт
балтийск; bank: banking банк банковск; banner: знамен; base: баз базов; battalion: батальон; battery:
batteries accumulator аккумулятор аккумуляторн батаре; bearing: подшипник подшипников; belarus: belarusian
belarussian byelorussian беларус белорусс белорусск білорус білоруськ; biology: biological bio биологическ
биолог биохим; body: тел; boiler: котельн котел; border: frontier пограничн прикордонн; branch: филиал філі
отделен; bridge: мост мостов; brigade: бригад; broadcasting: broadcast радиовещательн вещан мовленн
телерадио; broker: brokerage брокер брокерск; bureau: office бюро; cable: кабельн кабел; capacitor:
condenser конденсатор; capital: капитал кэпитал; car: automobile automotive auto vehicle автомобил
автомобильн автозавод авто тягач; card: карт карточ; carriage: transportation freight cargo перевоз перевез
грузов вантажн; caspian: каспийск каспи; catalysis: catalyst катализ; caucasus: caucasian кавказ кавказск;
cement: цемент цементн; central: центральн; centre: center centr центр; ceramic: керамическ керамик;
certification: сертификац сертификацион; chamber: палат; channel: канал телеканал; charity: charitable
благотворительн благодійн; chechnya: chechen чечен чеченск чечн; chemistry: chemical хими химическ химико
хімічн хімік; children: child дет детск дит дитяч; china: chinese кита китайск; church: церк церков; city:
municipal urban town город городск муниципальн міськ місто; civil: civilian гражданск цивільн; clothing:
garment sewing швейн одежд; club: клуб; coal: угол угольн вугільн вугілл; colony: prison detention penal
correctional колон тюрьм исправительн изолятор сизо; combine: kombinat комбинат; combined; combined weapon:
общевойсков; command: командован; commission: комисс комісі; committee: комитет; commonwealth: содружеств;
communication: telecommunication telecom connection связ звяз звязк телеком телекоммуникацион коммуникац
телекоммуникац; communist: коммунист коммунистическ комуністичн; company: companies компан кампан;
compatriot: соотечественник; complex: complexes комплекс комплексн; component: комплектующ компонент;
compressor: компрессор компрессорн; computer: computing computational вычислительн компьютер компютерн
обчислювальн; concern: концерн канцэрн; concert: концерт; concrete: бетон железобетон; congress: конгресс;
constitutional: конституцион; construction: construct constructing строительств строительн будівельн
будівництв строй констракшн; consulting: consultancy consultants консалтинг консалтингов консультацион;
control: directorate administration управлен управлінн администрац; cooperation: сотрудничеств кооперац
співробітництв; coordination: coordinating координацион координац; corporation: corp корпорац карпарац;
cossack: казач казак козач; council: soviet совет рад; crawler: tracked caterpillar гусеничн; credit: кредит
кредитн; crimea: crimean крым крымск; cryogenic: криогенн; cryptography: cryptographic криптограф
криптографическ; crystal: crystallography кристаллограф; culture: cultural культур культурн; customs:
таможен таможн митн; cyber: кибер; datum: данн; defence: defense defensive оборон; defence ministry:
минобороны; defender: защитник; democratic: democracy демократ демократическ демократичн; department:
департамент отдел відділ; depository: depositary депозитар; design: designing constructor конструкторск
конструирован конструктор канструктарск; detachment: squad отряд загін; development: developing развит
розвитк девелопмент; diagnosis: diagnostic диагностик диагностическ; diamond: алмазн; digital: цифров
диджитал; district: area район округ; division: дивиз дивізі; don: donbas донбасс; drilling: буров бурен;
drive: привод; dual: двойн; east: eastern восток восточн схід східн вост; ecology: ecological environmental
environment эколог экологическ; economic: economy экономическ экономик економічн хозяйств хозяйственн;
editorial: editors редакц; education: educational образован образовательн освіт; election: electoral
избирательн выборч выбарч; electric: electrical electro electrotechnical электрическ электр электро
электротехническ електротехнічн; electric generator: электрогенераторн; electric machine: electromechanical
electromechanics электромеханическ электромеханик електромеханічн; electronic: электронн электроник
электроникс; emergency: emergencies чрезвычайн надзвичайн; energy: power energetics энергетическ энерг
энергетик енергетичн энерго энерджи энергет; engine: motor двигател двигун мотор моторн; engine engineering:
enginebuilding двигателестроен моторостроительн моторостроен моторобудівн; engine rifle: motorized motorised
мотострелков; engineering: building making manufacturing manufacture engineers инженерн инжиниринг;
enterprise: undertaking venture предприят підприємств прадпрыемств; equipment: оборудован обладнанн
устаткуван; euro: european евро европейск; exchange: бирж; executive: исполнительн виконавч; expedition:
экспедиц; experimental: experiment pilot test testing опытн опытно экспериментальн испытательн испытан
дослідно випробувальн эксперимент; expert: examination expertise эксперт экспертн экспертиз; exploration:
geological geology геолог геологическ разведоч; explosive: взрывчат взрывн; export: экспорт; facility:
facilities means средств засоб; fair: just justice справедлив; family: families семь семейн; far east:
дальневосточн; farm: farming ферм фермерск; fatherland: homeland отечеств; federal: федеральн федеративн;
ferry: ferries паром паромн; fertilizer: fertiliser удобрен добрив; festival: фестивал; fibre: fiber
fibreglass fiberglass волокн стекловолокн; film: cinema кино фильм; finance: financial финансов финанс;
fire: пожарн; first: перв перш; fish: fishing fishery fisheries рыб рыбн рыболов рыболовн; fleet: flotilla
navy naval флот флотил вмф; flight: полет; flying: aerial летн летательн; food: grocery пищев харчов
продовольствен; football: футбол футбольн; footwear: shoe обув обувн; force: troops сил ополчен; foreign:
external внешн иностран зовнішн внешне; foreign economic: внешнеэкономическ зовнішньоекономічн; forging:
forge кузнечн кузнечно; forum: форум; foundry: casting литейн; free: свободн вільн; frequency: частотн;
front: фронт; fund: foundation фонд; furniture: мебел мебельн; future: будущ; gas: газ газов; general:
universal общ всеобщ генеральн універсальн; generator: генератор генераторн; genetics: genetic генетик
генетическ; geodesy: geodetic геодез геодезическ; geophysics: geophysical геофизик геофизическ; glass: стекл
стекольн; gold: золот; government: правительств уряд; grain: cereal зерн зернов; ground: land сухопутн;
group: групп; guard: гвард гварді караул гвардейск; gyroscope: gyroscopic гироскоп гироскопическ; heat:
thermal heating теплов тепло теплотехник; heavy: тяжел; helicopter: вертолетн вертолет вертоліт вертолітн;
heritage: наслед; high: higher высок высш; high precision: высокоточн; high technology: высокотехнологичн;
history: historical истор историческ історичн; holding: холдинг холдингов; holy: saint st sankt санкт свят;
hospital: больниц госпитал; hotel: гостиниц готел отел; house: дом housing жилищн; human: человек;
humanitarian: гуманитарн; hydraulic: гидравлик гидравлическ; hydro: hydrological гидро гидролог;
hydroacoustic: sonar гидроакустик гидроакустическ; hypersonic: гиперзвуков; icebreaker: ледокол ледокольн;
import: импорт; industry: industrial industries промышлен промышленно промислов індустріальн промышленност
индустр индастриз индастри; infantry: пехот пехотн; information: informational informatics data информацион
інформацій информац; initiative: инициатив; innovation: innovative инновацион інновацій инновац; institute:
институт; institution: establishment учрежден установ; instrument: device apparatus tool прибор приборн
прилад аппарат инструмент тулс; instrument engineering: instrumentation instrumentmaking приборостроительн
приборостроен приладобудівн приладобудуван; insurance: страхов страхован; intelligence: reconnaissance
разведк разведывательн розвідк; intelligent: intellectual smart интеллектуальн интеллект; internal: interior
внутренн внутрішн; international: международн міжнародн интернэшнл; internet: интернет; investigation:
investigative следствен слідч; investment: invest инвестицион інвестиційн инвестиц инвест; iran: iranian
иран иранск; jewellery: jewelry ювелирн; joint: совместн спільн; korea: korean коре корейск; laboratory:
laboratories lab лаборатор; labour: labor труд трудов; large: big больш; laser: лазерн лазер; leading:
ведущ; league: лиг; leasing: лизинг лизингов; legal: law right прав юридическ; legislative: законодательн;
liberal: либеральн либерально; library: библиотек; licence: licensing license лицензион; light: lighting
светотехническ свет; line: лин линий; logistics: logistic логистик логистическ лоджистикс лоджистик;
lottery: lotteries лотере; machine: mechanical mechanic mechanisms machinery механическ механік механічн
механизм машин механо машинери; machine engineering: machinebuilding машиностроительн машиностроен
машинобудівн машинобудуван; machine engineering plant: машзавод машиностроитель; machine instrument:
станкостроительн станкостроен станк; magazine: journal журнал; magnesium: магниев; main: chief head главн
головн; management: managing управляющ менеджмент; market: рынок рынк; mass: массов; material: материал;
mathematics: mathematical математик математическ; measure: measurement measuring измерительн измерен
вимірювальн; meat: мяс мясн; media: медиа; medical: medicine health медицинск медиц медичн мед здоров;
memory: memorial памят мемориал мемориальн; metal: metallurgical metallurgy металлургическ металлург
металургійн металл; metal ceramic: металлокерамическ; metrology: metrological метролог метрологическ;
microbiology: microbiological микробиолог микробиологическ; microchip: microcircuit chip микросхем микрочип;
microelectronic: микроэлектронн микроэлектроник; military: war army warfare военн военно військов войск армі
арм борьб; milk: dairy молок молочн; mining: mine горн добывающ горнодобывающ шахт рудник гірничо горно;
ministry: minister министерств міноборон; mobile: мобильн; modern: advanced prospective perspective
promising современн перспективн; molecule: molecular молекулярн; moscow: москв московск москов; movement:
движен рух; multipurpose: многоцелев; museum: муз музе; nano: nanotechnology nanotechnologies нанотехнолог
нано; national: национальн нацыянальн; navigation: navigational навигацион навигац; network: сет сетев
мереж; new: novo нов; news: новост новин вест; newspaper: gazette газет; nickel: никел никелев; north:
northern север северн північн; nuclear: atomic ядерн атомн; ocean: oceanology oceanographic океанолог океан
океанографическ; oil: petroleum нефт нефтян нафт нафтов; oil chemistry: petrochemical нефтехимическ
нефтехим; oil gas: нефтегазов нефтегаз; oil refining: refinery нефтеперерабатывающ нефтепереработк
нафтопереробн нпз; olympic: олимпийск; optical: optics opto оптическ оптик оптико оптичн; order: орден; ore:
руд рудн; organic: органическ; orthodox: православн; ossetia: ossetian осет осетинск; pacific: тихоокеанск;
paint: краск лакокрасочн; paper: бумаг бумажн; parachute: парашют парашютн; parliament: duma дума парламент;
part: spare запчаст запасн детал; particle: accelerator частиц; party: парти; patriotic: патриотическ
патріотичн; peace: peaceful миротворец миротворч; pension: пенсион; people: popular public folk народ народн
люд общенародн; petersburg: petersburgskiy петербург петербургск; pharmaceutical: pharma pharmacy
фармацевтическ фармацевтик фарм аптек; physics: physical physico физик физическ физико фізичн; pipe: tube
труб трубн; pipeline: трубопровод нефтепровод газопровод; plant: factory works mill завод фабрик; plastic:
пластик пластмасс; platform: платформ; point: пункт; police: militia полиц мілі милиц опол; political:
politics политическ політичн; polymer: полимер полимерн; port: seaport порт портов морпорт; potash: калийн;
poultry: птицефабрик птахофабрик; powder: gunpowder порохов порох; precision: precise exact точн прецизион;
president: presidential президент; press: print printing publishing издательск издательств печат пресс
видавнич pressing прессов; private: частн приватн; problem: проблем; process: processes процесс; product;
production: productive producing производствен производственно производств виробнич виробничо вытворч
вытворча продукц; project: проект проектн проектно; property: estate недвижимост имуществ; prosecutor:
attorney прокуратур прокурор; pulp: cellulose целлюлозн целлюлозно; pump: насос насосн; quantum: квантов;
radar: radiolocation location радиолокац радиолокацион локац радар; radiation: radiological радиацион;
radio: радио; radio communication: радиосвяз радіозвязк; radio electronic: radioelectronic радиоэлектронн
радиоэлектроник; radio frequency: radiofrequency радиочастотн; radio instrument: радиоприборн; radio plant:
radioplant радиозавод; radio station: радиостанц; radio technology: radiotechnical radioengineering
радиотехническ радиотехник радіотехнічн; rail: железн; rail road: railway railroad железнодорожн залізничн
залізниц; range: polygon полигон; reactor: реактор; red: красн; refining: processing перерабатывающ
переработк переробн; regiment: полк; region: regional oblast province област региональн регион обласн край;
registry: register registrar реестр регистратор; repair: repairing overhaul ремонтн ремонтно ремонт;
republic: republican республик республиканск; rescue: спасательн спасен рятувальн; research: scientific
science научн научно науков науково навуков навукова исследовательск исследован наук дослідн дослідницьк
даследч науч; resistor: резистор; resort: sanatorium санатор курорт курортн; rifle: стрелков; river: речн;
road: дорог дорожн; robot: robotic робот робототехник робототехническ; rocket: missile ракетн ракетно ракет;
rolling: rolled прокат прокатн; rubber: caoutchouc каучук резин резинов; russia: russian росси российск
русск рос рф; satellite: спутников спутник; school: college школ училищ колледж; sea: marine maritime
offshore морск море марин; sea black: черноморск; security: safety protection безопасност безпек защит охран
захист; semiconductor: полупроводник полупроводников напівпровідник; sensor: датчик сенсор; service: служб
сервис; settlement: clearing payment расчетн розрахунков платежн платіжн; shell: projectile снаряд снарядн;
ship: vessel корабел корабельн корабл судн судов; ship carriage: shipping судоходн пароходств шиппинг
судноплавн; ship engineering: shipbuilding судостроительн судостроен кораблестроен; ship engineering plant:
shipyard dockyard верф суднобудівн; ship repair: shiprepair shiprepairing судоремонтн судоремонт; siberia:
siberian sib сибир сибирск; signal: сигнал; small: мал; social: социальн; society: community обществен;
software: program programme programming программн программ программирован; solar: sun солнечн; solid: тверд;
solution: решен солюшенс солюшн; south: southern юг южн півден юж; space: cosmic cosmos космическ космічн
космос косм; special: specialized specialised specialist специальн спец специализирован особ отдельн;
spectroscopy: спектроскоп; sport: спорт спортивн; staff: headquarters штаб; standard: стандарт; state:
государствен державн дзяржаўн госуд гос; station: станц; steel: стал стальн сталелитейн; stevedoring:
стивидорн; strategy: strategic стратегическ стратег; structure: structural структур; student: студенческ
студент; studio: студ; subsidiary: дочерн; sugar: сахар сахарн цукр цукров; supervision: oversight надзор
нагляд; support: provision supply supplies поддержк обеспечен снабжен постачан підтримк снаб; supreme:
верховн; surface: поверхност; syria: syrian сири сирийск; system: систем системн системс; tactical:
тактическ; tank: танков танк; tanker: танкер танкерн; technology: technologies technological tech techno
technical technics technique технолог технологическ технологі технологічн тэхналог тех текнолоджи технолоджи
технолоджис техническ техник технічн техническо; television: tv телевиден телевизион телебачен тв тэлебачан;
terminal: терминал; textile: текстил текстильн; theatre: theater театр; theory: theoretical теоретическ
теор; thermophysics: теплофизик; titanium: титан титанов; tobacco: табачн табак тытунев; torpedo: torpedoes
торпед торпедн; tourism: tourist travel туризм туристическ турист; tractor: тракторн трактор; trade: trading
commerce торгов торгівельн торг трейд гандлёв трейдинг; training: подготовк подготов воспитан; transformer:
трансформатор трансформаторн; transit: транзит; transnistria: transnistrian приднестров приднестровск;
transport: транспортн транспорт; trust: довер траст; truth: правд; turbine: turbo турбин турбо; tyre: tire
шин; ukraine: ukrainian украин украинск; underwater: subsea подводн підводн; unit: част подразделен; united:
unified єдин обєднан соединенн объединенная объединенной объединенный; university: университет; unmanned:
uncrewed drone беспилотн безпілотн; ural: урал уральск; vacuum: вакуум вакуумн; valve: fittings арматур
арматурн клапан; veteran: ветеран; virology: virus viruses вирусолог вирус; voice: голос; volga: волг волжск
поволжск; volunteer: доброволец добровольческ доброволь; wagon: railcar вагон; warehouse: склад; watch:
watches clock часов; water: водн вод водоканал; water transport: водоходн; weapon: arms armament armed
оружейн вооружен озброєнь збро зброї; welding: welded сварочн сварк; west: western запад западн захід
західн; wheel: wheeled колесн; wind: ветров ветр; wine: winery вин винодельческ вино винзавод; women: woman
женщин женск жінок; wood: timber forest лес лесн лесопромышлен лісов; word: слов; workshop: мастерск; world:
мир миров світ; youth: young молодеж молод; zone: зон
"""

SHORT = """
all russia research institute: vnii внии; aviation repair plant: arz арз; bank: jscb akb acb акб; central
design bureau: tskb ckb cdb цкб; central research institute: tsnii cnii цнии; design bureau: пкб; electric
machine plant: emz эмз; experimental design bureau: okb окб; group company: gk goc гк; joint enterprise: jv;
machine engineering design bureau: mkb мкб; management company: mc ук; private military company: pmc чвк;
research centre: nits ниц; research institute: nii sri ri нии нді; research production: npf нпф; research
production association: npo rpa spa нпо нво; research production centre: npts npc rpc fnpts нпц фнпц нвц;
research production enterprise: npp rpe spe gnpp нпп нвп гнпп; research technology centre: ntts stc ntc нтц;
russia academy research: ras ran ран нан; ship engineering plant: ssz ссз; ship repair plant: srz срз;
special design bureau: skb sdb скб; state research centre: gnts гнц; state research institute: gosnii
госнии; tank repair plant: btrz бтрз; trade house: td тд; united aviation corporation: uac оак; united
engine corporation: uec одк; united instrument engineering corporation: uimc опк; united ship engineering
corporation: usc оск
"""
"""Abbreviations, which have no endings."""
