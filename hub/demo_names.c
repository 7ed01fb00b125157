/* The demo's names: invented family names with the letters and habits of many countries. */
#include "demo.h"

/* clang-format off */
static const char *const french_given[] = {
	"Aurélie", "Benoît", "Capucine", "Édouard", "Éloïse", "Fabien", "Geneviève", "Guillaume",
	"Hélène", "Jean-Baptiste", "Joséphine", "Léopold", "Loïc", "Maëlle", "Marie-Ange",
	"Mathéo", "Noémie", "Océane", "Pierre-Yves", "Quentin", "Raphaëlle", "Rémi", "Sébastien",
	"Solène", "Théophile", "Valérie", "Véronique", "Zoé", "Anne-Sophie", "Cédric",
};
static const char *const french_family[] = {
	"Delvaulx", "Lambrecy", "Dufraisne", "Hanquinet-Lorge", "de Brouwère", "d'Hauteroche",
	"de la Vallée-Sainte", "Collignard", "Grégoire-Baix", "Piérart", "Wautelaine",
	"Gillessen", "Noirhommet", "Thirifaye", "Delacroisette", "Mahieux", "Lecoqueux",
	"Dessambre", "Bouillard", "Vanderquin", "Fontigny", "du Marais", "d'Orvalle", "Rouxhet",
	"Chalonneau", "Marchandise", "Closset-Prieur", "Demeyère", "Hennaut-Lys", "Crahaye",
	"Jamotton", "Servaisine", "Godfriaux", "Pirottin", "Mathyssart",
};
static const char *const dutch_given[] = {
	"Aäron", "Anneleen", "Bavo", "Brecht", "Dries", "Eline", "Femke", "Geert", "Goedele",
	"Greet", "Hannelore", "Ilse", "Jef", "Joris", "Katrijn", "Koenraad", "Lieselot", "Lieve",
	"Maarten", "Mieke", "Noor", "Pieter-Jan", "Reinhilde", "Roel", "Sien", "Stijn", "Tine",
	"Veerle", "Wout", "Zoë",
};
static const char *const dutch_family[] = {
	"Van den Broeckaert", "Van de Velde-Maes", "van den Eeckhaute", "De Smedtere",
	"De Keyzerling", "'t Serclaesen", "Verhaeghenau", "Vanhoutteghem", "Claessensen",
	"Van der Auwermeulen", "ter Beekhoven", "Wouterinckx", "Goossenaerts", "D'hondtsael",
	"Vercruyssenaere", "Maesschalckx", "Vandenbulckeren", "De Ridderbos", "Lemmensdael",
	"Peetersheim", "Janssegers", "Van Oudenhovel", "Bogaertsen", "Cooremansel", "Dewachterse",
	"van 't Hoffland", "Steenhoutse", "Blondeelman", "Huysmansdorp", "Naessensteen",
	"Van Puyveldt", "Smeyersbach", "Roelandts-Vink", "de Graefschap", "Tersagoor",
};
static const char *const german_given[] = {
	"Anneliese", "Björn", "Clemens", "Dörte", "Emil", "Friederike", "Gisela", "Günther",
	"Heike", "Jörg", "Käthe", "Lothar", "Mechthild", "Moritz", "Rüdiger", "Sabine",
	"Tillmann", "Ulrike", "Walburga", "Jürgen",
};
static const char *const german_family[] = {
	"von Eupenbach", "Groß", "Weißhaupt", "Schönefelder", "Mühlenbach", "Küpperling",
	"von der Aarbrück", "Hößbacher", "Straßerling", "Lüttgenauer", "Kettenisser",
	"Raerenberg", "Bütgenthal", "Zimmerlin-Krahé", "Öhlschläger", "Jägersfeld",
	"Pfefferkornau", "Recktenwaldt", "zu Hohenlinde", "Spießmacher",
};
static const char *const english_given[] = {
	"Alistair", "Beatrix", "Cecily", "Declan", "Euphemia", "Fergus", "Gwendolyn", "Hamish",
	"Imogen", "Jocelyn", "Keziah", "Lachlan", "Maeve", "Niamh", "Oonagh", "Padraig",
	"Rhiannon", "Siobhán", "Tamsin", "Wilfred",
};
static const char *const english_family[] = {
	"O'Brannigan", "MacAllisdair", "Featherstonehay", "Hollingberry", "Ashdownley",
	"Fitzwarrenton", "St. Clairmont", "Cholmondesley", "Penhaligoner", "Llewellynson",
	"O'Shaughnessey", "Mc Gillivraith", "Wetherbyrne", "Trevelyandale", "Quillerby",
	"Thistlewoode", "Brackenridgely", "Oakenshawe", "Winterbornley", "Marlowefield",
};
static const char *const walloon_given[] = {
	"Djôzef", "Lambêrt", "Houbêrt", "Bièt", "Tchantchès", "Marèye", "Djan-Djôsèf", "Nanèsse",
	"Colas", "Djîle",
};
static const char *const walloon_family[] = {
	"Dèlcoûr", "Lèmaîte", "Djâspar", "Bolindje", "Wérîhet", "Tchèstè", "Lovinfosset",
	"Fèråhe", "Crètchî", "Noûvèye", "Hôtlet", "Mèstrez",
};
static const char *const polish_given[] = {
	"Agnieszka", "Bogumiła", "Czesław", "Grażyna", "Jędrzej", "Kazimierz", "Łucja",
	"Małgorzata", "Paweł", "Stanisława", "Wojciech", "Żaneta", "Zbigniew", "Świętosława",
};
static const char *const polish_family[] = {
	"Łączyński", "Wąsowiczówna", "Żółkiewicz", "Świerczyńska", "Brzęczyszczyk", "Dąbrowiecka",
	"Ślusarczykowski", "Gołębiewicz", "Źrebiec", "Kwaśniewiczowa", "Piątkowiecki",
	"Mrówczyński", "Ćwiklińczyk", "Szczęsnowicz",
};
static const char *const czech_given[] = {
	"Bořivoj", "Dobromila", "Jiří", "Květoslava", "Ludvík", "Přemysl", "Růžena", "Světlana",
	"Šárka", "Tomáš", "Vojtěch", "Žofie",
};
static const char *const czech_family[] = {
	"Dvořáčkovský", "Křižková", "Šťastnýček", "Novotňák", "Růžičková", "Žďárský", "Příhodová",
	"Čermákovič", "Ďurišová", "Hřebíček", "Ľubotínsky", "Ťapušík",
};
static const char *const romanian_given[] = {
	"Ștefania", "Ionuț", "Cătălina", "Mădălina", "Răzvan", "Viorica", "Țvetana", "Dragoș",
	"Ilinca", "Ovidiu",
};
static const char *const romanian_family[] = {
	"Șerbăneanu", "Țăranescu", "Brâncoveanul", "Mănăstireanu", "Dumitrășcoaia", "Câmpineanul",
	"Ionițăescu", "Pădureanul", "Știrbeanu", "Vâlceanescu",
};
static const char *const hungarian_given[] = {
	"Ágnes", "Béla", "Csilla", "Dénes", "Erzsébet", "Győző", "György", "Ildikó", "Örs",
	"Tünde", "Ödön", "Zsófia",
};
static const char *const hungarian_family[] = {
	"Szőllősházi", "Nagyfűi", "Kőműves", "Tóthfalussy", "Győrfényi", "Székelyhidas",
	"Vörösházy", "Ördöghalmi", "Kövesligethy", "Bűvösszéky",
};
static const char *const turkish_given[] = {
	"Ayşegül", "Çağla", "Doğukan", "Gülşen", "İbrahim", "İpek", "Kıvanç", "Özgür", "Şebnem",
	"Tuğba", "Ümit", "Yiğit",
};
static const char *const turkish_family[] = {
	"Yıldırımoğlu", "Çelikdağ", "Şahinbaşı", "Öztürkmenli", "Gökçeırmak", "İncekaraoğlu",
	"Kılıçaslanlı", "Ağaoğulları", "Dağdelenci", "Üstündağlı",
};
static const char *const nordic_given[] = {
	"Åse", "Bjørn", "Dagný", "Eiríkur", "Freyja", "Guðrún", "Håkon", "Ingeborg", "Jökull",
	"Kåre", "Märta", "Nønne", "Øystein", "Þórdís", "Ragnhildur", "Søren", "Torbjörg", "Ylva",
};
static const char *const nordic_family[] = {
	"Ångströmsen", "Bjørnsgaardt", "Grænvaldsdóttir", "Þorgrímsson", "Sæmundsdóttirsen",
	"Østergårdsen", "Kjærulffen", "Håkonsgård", "Lindströmnäs", "Mäkeläinen", "Hämäläisto",
	"Ørbækgaard", "Ísleifsdóttir", "Sjöbergsund",
};
static const char *const portuguese_given[] = {
	"Conceição", "Inês", "João", "Anunciação", "Gonçalo", "Vitória", "Simão", "Luís", "Graça",
	"Estêvão", "Leonor", "Tomé",
};
static const char *const portuguese_family[] = {
	"da Conceição Valverde", "de Magalhãesal", "Gonçalvinho", "dos Santos Brandãozo",
	"Simõesal", "de Assunçãoal", "Araújovar", "Guimarãesto", "Brandãoval", "Falcãozinho",
};
static const char *const spanish_given[] = {
	"Begoña", "Íñigo", "Joaquín", "Maricarmen", "Nuño", "Rocío", "Ramón", "Úrsula", "Ximena",
	"Álvaro", "Belén", "Adrián",
};
static const char *const spanish_family[] = {
	"Ibáñezal", "Núñez de Arceval", "de la Peñaflor", "Muñozabal", "Güellmar", "Echeverríaga",
	"Ordóñez-Sanz", "Zúñigavar", "Ávilamonte", "Yáñezcorta", "de los Ríosal", "Cañizaresol",
};
static const char *const italian_given[] = {
	"Niccolò", "Desirée", "Ruggero", "Mariasole", "Cosimo", "Fiammetta", "Gioacchino",
	"Ludovica", "Raniero", "Sofonisba", "Tancredi", "Violante",
};
static const char *const italian_family[] = {
	"D'Angelomare", "De Santisana", "Dell'Acquaviva", "Sanfilippone", "Lo Presticelli",
	"Bevilacquara", "Cannizzarolo", "Degl'Innocentini", "Montefalconi", "Quattrocchielli",
};
static const char *const greek_given[] = {
	"Αθηνά", "Γιώργος", "Δέσποινα", "Ελευθερία", "Θεόδωρος", "Καλλιόπη", "Νικηφόρος",
	"Χαράλαμπος",
};
static const char *const greek_family[] = {
	"Παπαθεοδωράκης", "Χατζηγεωργιάδου", "Οικονομόπουλος", "Καραμηνάς", "Ξενοφωντίδης",
	"Τσακαλογιάννη", "Βλαχοδήμου", "Λαμπρινίδης",
};
static const char *const cyrillic_given[] = {
	"Людмила", "Ярослав", "Ђорђе", "Зоряна", "Щасна", "Емилия", "Җәмилә", "Любомир",
};
static const char *const cyrillic_family[] = {
	"Щербаківський", "Ћирковић", "Железнодорожнев", "Їжакевич", "Йовчевська", "Џомбетаров",
	"Вълчановска", "Ґжицькевич",
};
static const char *const arabic_given[] = {
	"عبد الرحمن", "فاطمة الزهراء", "يوسف", "مريم", "خديجة", "إدريس", "نورالدين", "أسماء",
};
static const char *const arabic_family[] = {
	"بن عمرانية", "الزيتونيّ", "أبو الحسنات", "المرزوقاني", "بوعزّاوي", "الشنقيطاوي",
	"القيروانية", "حدّادين",
};
static const char *const chinese_given[] = {
	"小明", "雅婷", "志强", "美玲", "子轩", "思远", "婉清", "国梁",
};
static const char *const chinese_family[] = {
	"王氏", "欧阳", "司马", "上官", "諸葛", "林田", "陈家", "慕容",
};
static const char *const japanese_given[] = {
	"さくら", "健太郎", "陽菜", "大輔", "美穂", "翔太", "あかり", "慎一郎",
};
static const char *const japanese_family[] = {
	"長谷川原", "五十嵐田", "勅使河原", "小鳥遊", "東海林", "御手洗川", "一ノ瀬", "百目鬼",
};
static const char *const korean_given[] = {
	"지훈", "서연", "민준", "하은", "도윤", "수아", "현우", "은채",
};
static const char *const korean_family[] = {
	"남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "김해",
};
static const char *const vietnamese_given[] = {
	"Thị Hồng Nhung", "Đức Anh", "Minh Châu", "Quỳnh Như", "Bảo Ngọc", "Hữu Phước",
	"Thùy Dương", "Văn Đạt",
};
static const char *const vietnamese_family[] = {
	"Nguyễnh", "Trầnh", "Đỗng", "Phạmh", "Vươngh", "Huỳnhân", "Đặngh", "Bùith",
};
static const char *const hindi_given[] = {
	"अनुराधा", "विक्रम", "प्रियंका", "श्रीनिवास", "लक्ष्मी", "ऋषिकेश", "Anuradha",
	"Vikramaditya",
};
static const char *const hindi_family[] = {
	"चट्टोपाध्यायी", "त्रिवेदीकर", "Subrahmanyaswamy", "Venkataraghavanath",
	"Chattopadhyayan", "Krishnamoorthi-Rao", "श्रीवास्तविक", "Mukhopadhyayan",
};
static const char *const dutchsouth_given[] = {
	"Ferre", "Lotte", "Siebe", "Jorrit", "Marijke", "Hendrik-Jan", "Willemijn", "Floor",
	"Bastiaan", "Tijmen", "Geertrui", "Odilia", "Lowie", "Jolijn", "Warre", "Fien", "Nand",
	"Amber", "Dirk-Jan", "Hadewych",
};
static const char *const dutchsouth_family[] = {
	"van Steenwinckelen", "Van Hoorebekel", "Dierickxsens", "Hoogewijsen",
	"Van Nieuwenborghe", "De Backereel", "Waeterloosen", "Schellekensdonk", "Ooghedael",
	"Vermandereel", "Van Cauwelaerten", "Coppietersen", "'s Jegersgraven", "Baeckelandtse",
	"Kerckhovenaar", "Tuerlinckxen", "Van Roeyenberg", "Bruynooghel", "Rombautsen",
	"Uyttendaeler", "Zwaenepoelen", "Hellinckxen", "Van Tichelt-Buys", "Moortgatsen",
	"van der Schuerman", "Ghijselinckx", "Vander Straetenaar", "Lauwereynsel",
	"Meersschaertens", "Haesendonckse",
};
static const char *const frenchsouth_given[] = {
	"Apolline", "Barnabé", "Célestine", "Désiré", "Émilienne", "Firmin", "Gaëtan", "Honorine",
	"Irénée", "Jeanne-Marie", "Léontine", "Marcellin", "Philomène", "Rosalie", "Séverin",
	"Timothée", "Ursuline", "Victoire", "Wivine", "Yseult",
};
static const char *const frenchsouth_family[] = {
	"Saint-Gérardin", "Beaufayt", "de Thierneau", "Lefébvrier", "Mouchenard", "Petitjeanne",
	"Quévrinel", "Rochettens", "Sainctelet-Dor", "Tournayeux", "d'Ursélier", "Villersot",
	"Wibrinage", "Xhoffrayet", "Ypersielle", "Zoudemont", "Andrianne-Focq", "Bastognard",
	"Cornélissard", "Dinantaire", "Ermetonnais", "Florennois", "Gemblousard", "Havelangeois",
	"Ittrelin", "Jodoignard", "Ligneuvillon", "Malmédissart", "Nivelloise", "Ophainois",
};
static const char *const eurasia_given[] = {
	"Giedrė", "Jānis", "Õnne", "Matija", "Željka", "Đurđica", "Anže", "Luka", "Zana",
	"Edvīns", "Kärt", "Žydrūnas", "Ilir", "Besarta", "Aram", "Nino", "Tamar", "Levan",
	"Gayane", "Xhevdet",
};
static const char *const eurasia_family[] = {
	"Žukauskasen", "Bērziņšins", "Õunapuust", "Kovačevičar", "Đorđeskić", "Šimunovićan",
	"Krasniqian", "Hovhannisyants", "Kvaratskhelidze", "Ģērmaniņš", "Čepulaitytėn",
	"Pärnojan", "Hoxhallari", "Jurgelevičiūtėn", "Ķiploksen", "Župančičel", "Manukyanets",
	"Beridzeli", "Šķēlesen", "Zdravkovićel",
};
static const char *const africa_given[] = {
	"Ọlábísí", "Ngozi", "Kwabena", "Thandiwe", "Moussa", "Aïssatou", "Mbali", "Chukwuemeka",
	"Désirée-Grâce", "Tshilombo", "Nomvula", "Kofi", "Amina", "Ifeoma", "Sékou", "Zawadi",
	"Abebe", "Hirut", "Makena", "Baptiste-Espoir",
};
static const char *const africa_family[] = {
	"Adéyẹmíran", "Nkrumahene", "Mukendishi", "Ouédraogolin", "N'Diayelle", "Tshisekedyan",
	"Gebremariamos", "Mwangiroro", "Ilungamba", "M'Bembaye", "Okechukwunta", "Dlaminisi",
	"Konatébou", "Kabasubabo", "Woldegiorgisel", "Rakotomalanirina", "Andriamanitrana", "Ba",
	"Sy", "Ly",
};
static const char *const flemish2_given[] = {
	"Arne", "Britt", "Cas", "Dagmar", "Evert", "Frauke", "Gunter", "Heleen", "Isolde",
	"Jasmien", "Kobe", "Leentje", "Machteld", "Nele", "Otto", "Pepijn", "Quinten", "Ruben",
	"Saskia", "Thijs",
};
static const char *const flemish2_family[] = {
	"Abbeloosen", "Buyckxsel", "Ceulenaerts", "Duyvejonckx", "Engelborghsen", "Fierensdael",
	"Geldhofsen", "Haegemansel", "Impensdael", "Jacxsensen", "Keirsebilckx", "Lanckrietse",
	"Moerenhoudt", "Nuyttensel", "Olbrechtsen", "Pauwelynse", "Quaghebeurse", "Reyniersen",
	"Scheirlinckse", "Tanghesel", "Ulenaersen", "Vlaeminckxe", "Wynantsel", "Yserbytse",
	"Zegersdael",
};
static const char *const french2_given[] = {
	"Adélaïde", "Blaise", "Clotilde", "Damien", "Estelle", "Florentin", "Ghislaine",
	"Hortense", "Isaure", "Jérôme", "Karine", "Ludivine", "Maxence", "Nadège",
	"Olivier-Marie", "Pascale", "Romuald", "Ségolène", "Thibault", "Ulysse",
};
static const char *const french2_family[] = {
	"Abrassartin", "Bodartigny", "Cambronnel", "Delfossenne", "Evrardin", "Flamentier",
	"Goffinettes", "Herbignot", "Istassine", "Joachimin", "Kinetteau", "Lacroisille",
	"Moreaunier", "Ninanette", "Olivierin", "Paquetteau", "Quoilinet", "Rasquinette",
	"Stassartier", "Tilmantin", "Urbainville", "Vigneronet", "Warnotteau", "Yernauxet",
	"Zenneville",
};

#define CULTURE(name, order) \
	{order, name##_given, name##_family, COUNT(name##_given), COUNT(name##_family)}
const struct demo_culture demo_cultures[] = {
	CULTURE(french, false),
	CULTURE(dutch, false),
	CULTURE(german, false),
	CULTURE(english, false),
	CULTURE(walloon, false),
	CULTURE(polish, false),
	CULTURE(czech, false),
	CULTURE(romanian, false),
	CULTURE(hungarian, true),
	CULTURE(turkish, false),
	CULTURE(nordic, false),
	CULTURE(portuguese, false),
	CULTURE(spanish, false),
	CULTURE(italian, false),
	CULTURE(greek, false),
	CULTURE(cyrillic, false),
	CULTURE(arabic, false),
	CULTURE(chinese, true),
	CULTURE(japanese, true),
	CULTURE(korean, true),
	CULTURE(vietnamese, true),
	CULTURE(hindi, false),
	CULTURE(dutchsouth, false),
	CULTURE(frenchsouth, false),
	CULTURE(eurasia, false),
	CULTURE(africa, false),
	CULTURE(flemish2, false),
	CULTURE(french2, false),
};
/* clang-format on */
const size_t demo_cultures_n = COUNT(demo_cultures);

const char *const demo_single_names[] = {"Suryadiningrat", "Kartosoedirdjo", "Thangaraj",
	"Wulandaria", "Selvakumaran", "Teuilaferu"};
const size_t demo_single_names_n = COUNT(demo_single_names);

const char demo_long_name[] = "de Vasconcellos e Sá Bragança Corte-Real Pimentel de Noronha "
			      "Figueiredo Mascarenhas da Gama e Almada";
