CREATE TABLE dossiers (
	path TEXT NOT NULL, 
	raw_path BLOB NOT NULL, 
	kind VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	manifest TEXT NOT NULL, 
	problems TEXT NOT NULL, 
	ignored TEXT NOT NULL, 
	PRIMARY KEY (path)
);
CREATE TABLE files (
	id INTEGER NOT NULL, 
	raw_path BLOB NOT NULL, 
	path TEXT NOT NULL, 
	dossier TEXT NOT NULL, 
	size BIGINT NOT NULL, 
	mtime_ns BIGINT NOT NULL, 
	inode TEXT NOT NULL, 
	doubtful BOOLEAN NOT NULL, 
	reader INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	format VARCHAR(16) NOT NULL, 
	reason VARCHAR(16), 
	detail TEXT NOT NULL, 
	candidates TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	lacks TEXT NOT NULL, signatures TEXT DEFAULT '[]' NOT NULL, verified_at VARCHAR(40), altered_at VARCHAR(40), altered_from VARCHAR(64), ctime_ns BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (raw_path)
);
CREATE INDEX files_by_size_and_time ON files (size, mtime_ns);
CREATE INDEX ix_files_dossier ON files (dossier);
CREATE INDEX ix_files_path ON files (path);
CREATE INDEX ix_files_sha256 ON files (sha256);
CREATE TABLE meta (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT, 
	PRIMARY KEY ("key")
);
CREATE TABLE outbox (
	path TEXT NOT NULL, mark BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (path)
);
CREATE TABLE waivers (
	id INTEGER NOT NULL, 
	dossier TEXT NOT NULL, 
	rule VARCHAR(8) NOT NULL, 
	part VARCHAR(4) NOT NULL, 
	reason TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_at VARCHAR(40) NOT NULL, 
	until VARCHAR(10), ended_at TEXT, ended_by TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX ix_waivers_dossier ON waivers (dossier);
CREATE TABLE documents (
	id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	first_page INTEGER NOT NULL, 
	last_page INTEGER NOT NULL, 
	reading VARCHAR(8) NOT NULL, 
	confidence FLOAT, 
	form VARCHAR(8) NOT NULL, 
	type VARCHAR(64) NOT NULL, 
	number_symbol TEXT NOT NULL, 
	date VARCHAR(10), 
	place TEXT NOT NULL, 
	issuing_body TEXT NOT NULL, 
	superior_body TEXT NOT NULL, 
	abstract TEXT NOT NULL, 
	signer TEXT NOT NULL, 
	signer_rank TEXT NOT NULL, 
	signer_title TEXT NOT NULL, 
	draft BOOLEAN NOT NULL, 
	security VARCHAR(16), 
	review BOOLEAN NOT NULL, 
	placements TEXT NOT NULL, copy VARCHAR(16) DEFAULT '' NOT NULL, details TEXT DEFAULT '{}' NOT NULL, inner_name TEXT DEFAULT '' NOT NULL, doubted BOOLEAN DEFAULT '0' NOT NULL, weighed BOOLEAN DEFAULT '1' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(file_id) REFERENCES files (id) ON DELETE CASCADE, 
	UNIQUE (file_id, ordinal)
);
CREATE INDEX ix_documents_file_id ON documents (file_id);
CREATE TABLE texts (
	document_id INTEGER NOT NULL, 
	text BLOB NOT NULL, places BLOB, 
	PRIMARY KEY (document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);
CREATE TABLE decisions (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	first_page INTEGER, 
	last_page INTEGER, 
	path TEXT NOT NULL, 
	placements TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_at VARCHAR(40) NOT NULL, 
	ended_at VARCHAR(40), 
	ended_by TEXT NOT NULL, 
	astray BOOLEAN NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX ix_decisions_sha256 ON decisions (sha256);
CREATE TABLE nights (
	day VARCHAR(10) NOT NULL, 
	summary TEXT NOT NULL, 
	standing BLOB NOT NULL, 
	PRIMARY KEY (day)
);
CREATE TABLE baseline (
	dossier TEXT NOT NULL, 
	finding TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (dossier, finding)
);
CREATE TABLE departed (
	path TEXT NOT NULL, 
	dossier TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size BIGINT NOT NULL, 
	number_symbol TEXT NOT NULL, 
	date VARCHAR(10), 
	part VARCHAR(8) NOT NULL, 
	seen_at VARCHAR(40), 
	noticed_at VARCHAR(40) NOT NULL, 
	replaced BOOLEAN NOT NULL, 
	PRIMARY KEY (path)
);
CREATE INDEX ix_departed_dossier ON departed (dossier);
CREATE INDEX ix_departed_sha256 ON departed (sha256);
CREATE TABLE unweighed (
	dossier TEXT NOT NULL, 
	PRIMARY KEY (dossier)
);
CREATE TABLE unsealed (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	path TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_at VARCHAR(40) NOT NULL, 
	ended_at VARCHAR(40), 
	ended_by TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX ix_unsealed_sha256 ON unsealed (sha256);
CREATE TABLE told (
	id INTEGER NOT NULL, 
	dossier TEXT NOT NULL, 
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_at VARCHAR(40) NOT NULL, 
	ended_at VARCHAR(40), 
	ended_by TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX ix_told_dossier ON told (dossier);
CREATE TABLE adoptions (
	id INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	kind VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_at VARCHAR(40) NOT NULL, 
	ended_at VARCHAR(40), 
	ended_by TEXT NOT NULL, chosen TEXT DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX ix_adoptions_path ON adoptions (path);
CREATE TABLE corrections (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	first_page INTEGER, 
	last_page INTEGER, 
	path TEXT NOT NULL, 
	fields TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_at VARCHAR(40) NOT NULL, 
	ended_at VARCHAR(40), 
	ended_by TEXT NOT NULL, 
	astray BOOLEAN NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX ix_corrections_sha256 ON corrections (sha256);
CREATE TABLE revisions (
	dossier TEXT NOT NULL, 
	mark BIGINT NOT NULL, 
	PRIMARY KEY (dossier)
);
CREATE TABLE briefs (
	dossier TEXT NOT NULL, 
	language TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	rules TEXT NOT NULL, 
	around TEXT NOT NULL, 
	day TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	complete BOOLEAN NOT NULL, 
	score FLOAT NOT NULL, 
	worst TEXT NOT NULL, 
	errors INTEGER NOT NULL, 
	warnings INTEGER NOT NULL, 
	overdue INTEGER NOT NULL, 
	due TEXT, 
	missing TEXT NOT NULL, 
	documents INTEGER NOT NULL, 
	needs_review INTEGER NOT NULL, 
	sealed INTEGER NOT NULL, 
	files INTEGER NOT NULL, 
	unread INTEGER NOT NULL, 
	doubts INTEGER, 
	rest TEXT NOT NULL, 
	PRIMARY KEY (dossier, language)
);
CREATE TABLE doubts (
	dossier TEXT NOT NULL, 
	language TEXT NOT NULL, 
	path TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	stake FLOAT NOT NULL, 
	parts TEXT NOT NULL, 
	answers TEXT NOT NULL, 
	PRIMARY KEY (dossier, language, path, ordinal)
);
CREATE INDEX ix_doubts_sha256 ON doubts (sha256);
