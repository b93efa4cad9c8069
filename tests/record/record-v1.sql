PRAGMA application_id=1970041961;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE article_keys (
	"key" TEXT NOT NULL, 
	article TEXT NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(article) REFERENCES articles (id)
);
INSERT INTO "article_keys" VALUES('url:https://lanterna.example/a','eaafdca515bc3621');
INSERT INTO "article_keys" VALUES('id:a','eaafdca515bc3621');
INSERT INTO "article_keys" VALUES('id:live','c497723d87c152bc');
INSERT INTO "article_keys" VALUES('file:/live.txt','c497723d87c152bc');
CREATE TABLE articles (
	id TEXT NOT NULL, 
	known_at TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "articles" VALUES('eaafdca515bc3621','2025-03-05T12:00:00.000000+00:00');
INSERT INTO "articles" VALUES('c497723d87c152bc','2025-03-05T13:00:00.000000+00:00');
CREATE TABLE claims (
	id TEXT NOT NULL, 
	article TEXT NOT NULL, 
	position TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article) REFERENCES articles (id)
);
INSERT INTO "claims" VALUES('29ff5b03792b7596','eaafdca515bc3621','2025-03-05T12:00:00.000000+00:00|2025-03-05T11:00:00.000000+00:00|70a58fdd2d64acf3','{"id":"29ff5b03792b7596","sentence":0,"text":"Rovati ha sentito al telefono Karataş.","trigger":"Rova","start":0,"predicate":"incontro","event_type":"CONSULT","mode":"phone","actors":[{"key":"person:elena rovati","name":"Elena Rovati","kind":"person","country":"ITA","office":"presidente del Consiglio","anonymous":false}],"recipients":[{"key":"person:selim karatas","name":"Selim Karataş","kind":"person","country":"TUR","office":"presidente","anonymous":false}],"place":null,"from":"2025-03-05","to":"2025-03-06","status":"occurred","polarity":"positive","certainty":"certain","chains":[[{"party":{"key":"state:ITA","name":"Palazzo Chigi","kind":"government","country":"ITA","office":null,"anonymous":false},"stance":"confirms","medium":null}]],"amounts":[],"rule":"test","time_from":null}');
INSERT INTO "claims" VALUES('8f37926a9fcef22a','c497723d87c152bc','2025-03-05T13:00:00.000000+00:00|2025-03-05T11:00:00.000000+00:00|0414877ddfcb4597','{"id":"8f37926a9fcef22a","sentence":0,"text":"Droni russi hanno ucciso dieci persone a Odessa.","trigger":"Dron","start":0,"predicate":"incontro","event_type":"ASSAULT","mode":null,"actors":[{"key":"state:RUS","name":"Russia","kind":"government","country":"RUS","office":null,"anonymous":false}],"recipients":[{"key":"state:UKR","name":"Ucraina","kind":"government","country":"UKR","office":null,"anonymous":false}],"place":{"key":"place:odesa","name":"Odessa","kind":"place","country":"UKR","office":null,"anonymous":false},"from":"2025-03-05","to":"2025-03-06","status":"occurred","polarity":"positive","certainty":"certain","chains":[[]],"amounts":[{"text":"10 morti","value":10,"comparison":"=","unit":null,"of":"morto"}],"rule":"test","time_from":null}');
INSERT INTO "claims" VALUES('9e73fa3040697582','c497723d87c152bc','2025-03-05T17:00:00.000000+00:00|2025-03-05T11:00:00.000000+00:00|28188fe93ad1a5a2','{"id":"9e73fa3040697582","sentence":0,"text":"I morti di Odessa sono dodici.","trigger":"I mo","start":0,"predicate":"incontro","event_type":"ASSAULT","mode":null,"actors":[{"key":"state:RUS","name":"Russia","kind":"government","country":"RUS","office":null,"anonymous":false}],"recipients":[{"key":"state:UKR","name":"Ucraina","kind":"government","country":"UKR","office":null,"anonymous":false}],"place":{"key":"place:odesa","name":"Odessa","kind":"place","country":"UKR","office":null,"anonymous":false},"from":"2025-03-05","to":"2025-03-06","status":"occurred","polarity":"positive","certainty":"certain","chains":[[]],"amounts":[{"text":"12 morti","value":12,"comparison":"=","unit":null,"of":"morto"}],"rule":"test","time_from":null}');
CREATE TABLE event_keys (
	"key" TEXT NOT NULL, 
	event_type TEXT NOT NULL, 
	event TEXT NOT NULL, 
	PRIMARY KEY ("key", event_type, event), 
	FOREIGN KEY(event) REFERENCES events (id)
);
INSERT INTO "event_keys" VALUES('c:ITA','CONSULT','094128d0cb5d');
INSERT INTO "event_keys" VALUES('w:elena','CONSULT','094128d0cb5d');
INSERT INTO "event_keys" VALUES('w:rovati','CONSULT','094128d0cb5d');
INSERT INTO "event_keys" VALUES('c:TUR','CONSULT','094128d0cb5d');
INSERT INTO "event_keys" VALUES('w:selim','CONSULT','094128d0cb5d');
INSERT INTO "event_keys" VALUES('w:karatas','CONSULT','094128d0cb5d');
INSERT INTO "event_keys" VALUES('c:RUS','ASSAULT','e3395c6e7e8b');
INSERT INTO "event_keys" VALUES('c:UKR','ASSAULT','e3395c6e7e8b');
INSERT INTO "event_keys" VALUES('w:odesa','ASSAULT','e3395c6e7e8b');
CREATE TABLE event_weeks (
	"key" TEXT NOT NULL, 
	event_type TEXT NOT NULL, 
	week INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	PRIMARY KEY ("key", event_type, week, event), 
	FOREIGN KEY(event) REFERENCES events (id)
);
INSERT INTO "event_weeks" VALUES('c:ITA','CONSULT',105616,'094128d0cb5d');
INSERT INTO "event_weeks" VALUES('w:elena','CONSULT',105616,'094128d0cb5d');
INSERT INTO "event_weeks" VALUES('w:rovati','CONSULT',105616,'094128d0cb5d');
INSERT INTO "event_weeks" VALUES('c:TUR','CONSULT',105616,'094128d0cb5d');
INSERT INTO "event_weeks" VALUES('w:selim','CONSULT',105616,'094128d0cb5d');
INSERT INTO "event_weeks" VALUES('w:karatas','CONSULT',105616,'094128d0cb5d');
INSERT INTO "event_weeks" VALUES('c:RUS','ASSAULT',105616,'e3395c6e7e8b');
INSERT INTO "event_weeks" VALUES('c:UKR','ASSAULT',105616,'e3395c6e7e8b');
INSERT INTO "event_weeks" VALUES('w:odesa','ASSAULT',105616,'e3395c6e7e8b');
CREATE TABLE events (
	id TEXT NOT NULL, 
	event_type TEXT NOT NULL, 
	position TEXT NOT NULL, 
	known_at TEXT NOT NULL, 
	low TEXT, 
	high TEXT, 
	planned BOOLEAN NOT NULL, 
	payload TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "events" VALUES('094128d0cb5d','CONSULT','2025-03-05T12:00:00.000000+00:00|2025-03-05T11:00:00.000000+00:00|70a58fdd2d64acf3|000000','2025-03-05T12:00:00.000000+00:00','2025-03-05','2025-03-06',0,'{"id": "094128d0cb5d", "event_type": "CONSULT", "predicates": ["incontro"], "modes": ["phone"], "actors": [{"key": "person:elena rovati", "name": "Elena Rovati", "kind": "person", "country": "ITA", "office": "presidente del Consiglio", "anonymous": false}], "recipients": [{"key": "person:selim karatas", "name": "Selim Karataş", "kind": "person", "country": "TUR", "office": "presidente", "anonymous": false}], "places": [], "windows": [["2025-03-05", "2025-03-06", "occurred"]], "articles": ["eaafdca515bc3621"], "order": ["094128d0cb5d7c8c"]}');
INSERT INTO "events" VALUES('e3395c6e7e8b','ASSAULT','2025-03-05T13:00:00.000000+00:00|2025-03-05T11:00:00.000000+00:00|0414877ddfcb4597|000000','2025-03-05T13:00:00.000000+00:00','2025-03-05','2025-03-06',0,'{"id": "e3395c6e7e8b", "event_type": "ASSAULT", "predicates": ["incontro"], "modes": [], "actors": [{"key": "state:RUS", "name": "Russia", "kind": "government", "country": "RUS", "office": null, "anonymous": false}], "recipients": [{"key": "state:UKR", "name": "Ucraina", "kind": "government", "country": "UKR", "office": null, "anonymous": false}], "places": [{"key": "place:odesa", "name": "Odessa", "kind": "place", "country": "UKR", "office": null, "anonymous": false}], "windows": [["2025-03-05", "2025-03-06", "occurred"]], "articles": ["c497723d87c152bc"], "order": ["e3395c6e7e8b3d39", "22be33b1b5cb2693"]}');
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('version','1');
CREATE TABLE name_words (
	word TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	PRIMARY KEY (word, actor)
);
INSERT INTO "name_words" VALUES('elena','person:elena rovati');
INSERT INTO "name_words" VALUES('rovati','person:elena rovati');
INSERT INTO "name_words" VALUES('karatas','person:selim karatas');
INSERT INTO "name_words" VALUES('selim','person:selim karatas');
INSERT INTO "name_words" VALUES('chigi','state:ITA');
INSERT INTO "name_words" VALUES('palazo','state:ITA');
INSERT INTO "name_words" VALUES('rusia','state:RUS');
INSERT INTO "name_words" VALUES('ucraina','state:UKR');
CREATE TABLE names (
	actor TEXT NOT NULL, 
	name TEXT NOT NULL, 
	plain TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	country TEXT, 
	known_at TEXT NOT NULL, 
	PRIMARY KEY (actor, name)
);
INSERT INTO "names" VALUES('person:elena rovati','Elena Rovati','elena rovati','person','ITA','2025-03-05T12:00:00.000000+00:00');
INSERT INTO "names" VALUES('person:selim karatas','Selim Karataş','selim karatas','person','TUR','2025-03-05T12:00:00.000000+00:00');
INSERT INTO "names" VALUES('state:ITA','Palazzo Chigi','palazo chigi','government','ITA','2025-03-05T12:00:00.000000+00:00');
INSERT INTO "names" VALUES('state:RUS','Russia','rusia','government','RUS','2025-03-05T13:00:00.000000+00:00');
INSERT INTO "names" VALUES('state:UKR','Ucraina','ucraina','government','UKR','2025-03-05T13:00:00.000000+00:00');
CREATE TABLE offices (
	actor TEXT NOT NULL, 
	title TEXT NOT NULL, 
	"of" TEXT NOT NULL, 
	article TEXT NOT NULL, 
	known_at TEXT NOT NULL, 
	PRIMARY KEY (actor, title, "of", article)
);
INSERT INTO "offices" VALUES('person:elena rovati','presidente del Consiglio','ITA','eaafdca515bc3621','2025-03-05T12:00:00.000000+00:00');
INSERT INTO "offices" VALUES('person:selim karatas','presidente','TUR','eaafdca515bc3621','2025-03-05T12:00:00.000000+00:00');
CREATE TABLE reports (
	id TEXT NOT NULL, 
	article TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	known_at TEXT NOT NULL, 
	position TEXT NOT NULL, 
	event_type TEXT NOT NULL, 
	event TEXT, 
	payload TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article) REFERENCES articles (id), 
	FOREIGN KEY(revision) REFERENCES revisions (id)
);
INSERT INTO "reports" VALUES('094128d0cb5d7c8c','eaafdca515bc3621','70a58fdd2d64acf3','2025-03-05T12:00:00.000000+00:00','2025-03-05T12:00:00.000000+00:00|2025-03-05T11:00:00.000000+00:00|70a58fdd2d64acf3|000000','CONSULT','094128d0cb5d','{"id": "094128d0cb5d7c8c", "event_type": "CONSULT", "mode": "phone", "predicate": "incontro", "actors": [{"key": "person:elena rovati", "name": "Elena Rovati", "kind": "person", "country": "ITA", "office": "presidente del Consiglio", "anonymous": false}], "recipients": [{"key": "person:selim karatas", "name": "Selim Karataş", "kind": "person", "country": "TUR", "office": "presidente", "anonymous": false}], "place": null, "from": "2025-03-05", "to": "2025-03-06", "status": "occurred", "polarity": "positive", "certainty": "certain", "claims": ["29ff5b03792b7596"], "amounts": [], "told": "2025-03-05"}');
INSERT INTO "reports" VALUES('e3395c6e7e8b3d39','c497723d87c152bc','0414877ddfcb4597','2025-03-05T13:00:00.000000+00:00','2025-03-05T13:00:00.000000+00:00|2025-03-05T11:00:00.000000+00:00|0414877ddfcb4597|000000','ASSAULT','e3395c6e7e8b','{"id": "e3395c6e7e8b3d39", "event_type": "ASSAULT", "mode": null, "predicate": "incontro", "actors": [{"key": "state:RUS", "name": "Russia", "kind": "government", "country": "RUS", "office": null, "anonymous": false}], "recipients": [{"key": "state:UKR", "name": "Ucraina", "kind": "government", "country": "UKR", "office": null, "anonymous": false}], "place": {"key": "place:odesa", "name": "Odessa", "kind": "place", "country": "UKR", "office": null, "anonymous": false}, "from": "2025-03-05", "to": "2025-03-06", "status": "occurred", "polarity": "positive", "certainty": "certain", "claims": ["8f37926a9fcef22a"], "amounts": [{"text": "10 morti", "value": 10, "comparison": "=", "unit": null, "of": "morto"}], "told": "2025-03-05"}');
INSERT INTO "reports" VALUES('22be33b1b5cb2693','c497723d87c152bc','28188fe93ad1a5a2','2025-03-05T17:00:00.000000+00:00','2025-03-05T17:00:00.000000+00:00|2025-03-05T11:00:00.000000+00:00|28188fe93ad1a5a2|000000','ASSAULT','e3395c6e7e8b','{"id": "22be33b1b5cb2693", "event_type": "ASSAULT", "mode": null, "predicate": "incontro", "actors": [{"key": "state:RUS", "name": "Russia", "kind": "government", "country": "RUS", "office": null, "anonymous": false}], "recipients": [{"key": "state:UKR", "name": "Ucraina", "kind": "government", "country": "UKR", "office": null, "anonymous": false}], "place": {"key": "place:odesa", "name": "Odessa", "kind": "place", "country": "UKR", "office": null, "anonymous": false}, "from": "2025-03-05", "to": "2025-03-06", "status": "occurred", "polarity": "positive", "certainty": "certain", "claims": ["9e73fa3040697582"], "amounts": [{"text": "12 morti", "value": 12, "comparison": "=", "unit": null, "of": "morto"}], "told": "2025-03-05"}');
CREATE TABLE revisions (
	id TEXT NOT NULL, 
	article TEXT NOT NULL, 
	content TEXT NOT NULL, 
	stated TEXT, 
	known_at TEXT NOT NULL, 
	seen BOOLEAN NOT NULL, 
	url TEXT, 
	outlet TEXT, 
	title TEXT, 
	language TEXT NOT NULL, 
	published TEXT, 
	modified TEXT, 
	state TEXT, 
	claims TEXT NOT NULL, 
	reports TEXT NOT NULL, 
	reading BLOB NOT NULL, 
	raw BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article) REFERENCES articles (id)
);
INSERT INTO "revisions" VALUES('70a58fdd2d64acf3','eaafdca515bc3621','e869ab22791055b51a340555da8a2dea','2025-03-05T11:00:00.000000+00:00','2025-03-05T12:00:00.000000+00:00',1,'https://lanterna.example/a','Agenzia Lanterna','Telefonata','it','2025-03-05T12:00:00+01:00',NULL,NULL,'["29ff5b03792b7596"]','["094128d0cb5d7c8c"]',X'789CBD55DB6EDB300CFD1543AF5B1B275D87216F45B18761C536B4E9D31614AA4C3BC464C9D325685AE45BF635FBAF49941D2771BAA15D3120082C9222790E2F7A60562CA0E66C9A312F1DD6DAF06303BC40558DC6EC75C6B0883A1E3FB971282484F303F34646F9C2B9C64E4723C99503A3F831DCF1BA9130A20BDA3B092EDA9D55A0EE916717AD5DD4863B95E755F4C7D0458905E150AB20505ECA2070E8281E9B8184522BEEE8A6755C15251AEB7AD3C6DF4AB40BA07427F9E4F4283F39CA4F67E3C934CFC3EF553E0EFF6CDBF2A634BA8EE6152E414555AD0B2C917CB46E432807FDB1E02E30D39ED73143B82380977A1954D982671654485B675C662E65ADB38FDC84D47FFD3CFEA612CEC0821260C3CDAF0F89E23C0533AEFD0615A527EF62C249CA6E75B162EB39294308DCB9CFD4F4BD04C5B394490CA3784DE4EDCBBF23F9660D18AB2921A1BD726615851F6667546BA5D5AAD63E8628B9B4106446CB2EE4A6308D018B45C4931520B373AD2C56123595BFDC72D8616EE1856F4B0E843726A812AE3A020B2E5290211DE3C9214FA902FB284B6DA8B8C402F976115287673D0FE5EBB9BB0289F5A64EDBEC0D357FE46F767DF93CFE7AC65A172FC3D8C9E38C0D913D8DB32F5CF2FB7B9D9D2FB0DA69B881A263ACD2CB30FD31E76774DDBFC21D64F577B473DA41751FFF87E75BA337EF16444C6B23119263BD339A223F544F83550586B6E910C89BBDDDC2E2B209CD52A0480B89A1123AD0479306CB48691042BE39DEB8554386E79F3F5D5D5FCCDAFD96BA6EA11541E6C26943B9EEEF8F88C480C0063B6CC32989368DE4626B4146B6FA53B760FB7D1C833ABD237BDBAE744765675A508317B4AAB5E4061DB548A36D207E49690B308EA34A8AF640705C60F5D66F5A24F688F686123CD4B0F12149CAC065785042D9A80F0AF475B7E4E787EB6E7C1A6007969A3902EF1E94163DAA120849D718BEBD9E76F8B223B66B93A716EFD17678F1AAFEEF3AF623146727F0B5FE0DA64FADF9',X'789C2B484CCFCC4B0400089F0271');
INSERT INTO "revisions" VALUES('0414877ddfcb4597','c497723d87c152bc','efcd561bee6c114046da0efd3cc71649','2025-03-05T11:00:00.000000+00:00','2025-03-05T13:00:00.000000+00:00',1,NULL,'Agenzia Lanterna','Odessa','it','2025-03-05T12:00:00+01:00',NULL,NULL,'["8f37926a9fcef22a"]','["e3395c6e7e8b3d39"]',X'789CBD55DB4E1B3110FD95955F5BE826055A21F52152DF8A5409C8138D90F17A9751BDF6E24BD414E5DF3B33BB8B37408A9068A588E0197BE69C3397DC8BA06E752BC569219289D03A2F0FBD9615D8E6C34CBC2F0454E433B0D674923E82321A4DF7227983DF3619830E97A2D191AE2E1A6D7F832CCEA48DDA5B49CF8CB44D920DBD1310C912B48AE06C0E1021725CF1BDD221F0AB10A5AD6AF021E66B5DBA31106E35A39A97F3E383F2E341797C399B9F96257EDE9533FC2BA637AF6BEF5ABADE20094BAED6555003C718C262AAA8F3B192110518CE5B42A77F31B9AFDE59287C0A018A5B69AD2B9252105C5181565074DA076775218B9EC5E10FDB934529ACD201435CDDF792967D561F87FFB525EBD16742DE5BC58DAB3662BB6227CA033BEF853D3D2718AC94952D6B972D3F81E389C6ADB1082D0620AB72C946BFE1ABCB0B2EA87576D3BA44A16B6982469B77A64F45A9E929166A48FD14F1C984DFE018C5CA686AE7B9028C9383464A3BE6DCAE50E3CC6BA9BC04BB436C627A91D9F2DBF99B30FBB49FD904CEEBA8E5E61E9965CB48AC3352E97FC4E92FD5CA405EA6B4E2816D73DEBB249F69D1BB52ECEFF23D306665814B2802BD5C4B93C83F2B598D160703678D9686F842FE6461B21A5C4D0E7AECD8D9E1348E23BC1A679C047A40AD8C847607B12AC533D03C340DC77A4ED2A347EB41D0BEE8BCAE40F53B4580550E0BC9A8F49A1A168DBA7C385EC74DC7171717178BE5D9E5B0A226FB48AAE83C03CD634F043C2E9D0E464A93D12167DF478FDA8EAA96E38E9B312F52BEE3766C27431123B79D704A258FF478C73A832589DCA29D0BD800FDCF84D23E228EDE311CB87F236A79931E5AF46AF5B479A86B985BEA7F0FA20E71443EAEF2013ED85A3394B19E69E8C87E69AE4761C6EABE4AF3BD257CBB62FC6FF973BF53A3A34ADB3F62546D07',NULL);
INSERT INTO "revisions" VALUES('28188fe93ad1a5a2','c497723d87c152bc','e34e544d771a40859b58601b8e4d6440','2025-03-05T11:00:00.000000+00:00','2025-03-05T17:00:00.000000+00:00',1,NULL,'Agenzia Lanterna','Odessa','it','2025-03-05T12:00:00+01:00',NULL,NULL,'["9e73fa3040697582"]','["22be33b1b5cb2693"]',X'789CBD55DB4E1B3110FD95955F5BE826142A21F1C06355A44A409E68841CAF7719D56B2FBE444D51FEBD33B3BB7803A40889568A483C63CF9C73E6C28308EA4EB7529C16229908ADF3F2D06B59816D3ECDC4C74240453E036B4D27E92328A3D1F4209237F86D9331E870291A1DE9EA79A3ED6F90C585B4517B2BE99991B649B2A1770222598256119CCD0122448E2BBE573A047E15A2B4550D3EC47CAD4B2B03E14E33AA79393F3E288F0ECAE3EBD9FCB42CF1F3A19CE15F31BD795B7BD7D2F506495872B5AE821A38C6101653459D8F958C28C070DE123AFD8BC97D2D50A1084505458FB308CEBAA2C2800A0E7FD89E1A12B74A077C70F3D00B58F6397C1C7E6B4BD623FAD9F556B172D5466C97EC443160E7BDB0A7972904605DAC6C59A96CF9091C4F346E8D92B71880ACCA251BFD86AF2EAEB87CD6D94DEB1285AEA5091A6DDE993E15A5A6A7589621F573C427137E83639426A3A99D67BD1927078D9476CCB95DA2A299D74279097687D8C4F42AB3C5B7CB7761F6653FB3099CB751CBAD3C32CB96915867A4D2FF88D35FAA9581BC4E69C9E3D9E6BCF749BED0A2F7A5D8DFE57B60CCE6FD40D1CBB53489FCB339ABD1E26040E01521CEC89F2C4C1681ABC9418F1D3BBB4EFB716097E34493408FA89591D0EE2056A578019A87A6E1582F49FAF9C93210B41D3AAF71FEFB0D22C02A878564547A4D0D8B465D3E1E6FE3A6E38BE75757E78B8BEB61214DB68F54D179069AC79E0878ADA08391D26474C8D9F7D193B6A3AAE5B8E31ECC6B93EFB81DDBC950C4C86D279C52C9233DDEA8CE604922B768E7023640FF4F41691F1147EF180EDCBF11B55CA5C716BD593E6F1EEA1AE696FAED1F758823F271710FF0C1D69AA18CF54C4347F64B733D0A3356F74D9AEF2DE1FB15E37FCB9FFB9D1A1D55DAFE0156D665B0',NULL);
CREATE TABLE spans (
	claim TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until TEXT, 
	opened_by TEXT NOT NULL, 
	closed_by TEXT, 
	PRIMARY KEY (claim, since), 
	FOREIGN KEY(claim) REFERENCES claims (id), 
	FOREIGN KEY(opened_by) REFERENCES revisions (id), 
	FOREIGN KEY(closed_by) REFERENCES revisions (id)
);
INSERT INTO "spans" VALUES('29ff5b03792b7596','2025-03-05T12:00:00.000000+00:00',NULL,'70a58fdd2d64acf3',NULL);
INSERT INTO "spans" VALUES('8f37926a9fcef22a','2025-03-05T13:00:00.000000+00:00','2025-03-05T17:00:00.000000+00:00','0414877ddfcb4597','28188fe93ad1a5a2');
INSERT INTO "spans" VALUES('9e73fa3040697582','2025-03-05T17:00:00.000000+00:00',NULL,'28188fe93ad1a5a2',NULL);
CREATE INDEX events_by_known_at ON events (known_at);
CREATE INDEX events_by_days ON events (low, high);
CREATE INDEX events_by_plan ON events (planned, high);
CREATE INDEX names_by_plain ON names (plain);
CREATE INDEX offices_by_of ON offices ("of");
CREATE INDEX revisions_by_article ON revisions (article, known_at);
CREATE INDEX revisions_by_known_at ON revisions (known_at);
CREATE INDEX claims_by_article ON claims (article);
CREATE INDEX event_keys_by_event ON event_keys (event);
CREATE INDEX event_weeks_by_event ON event_weeks (event);
CREATE INDEX reports_by_type ON reports (event_type, position);
CREATE INDEX reports_by_article ON reports (article);
CREATE INDEX reports_by_event ON reports (event, position);
COMMIT;
