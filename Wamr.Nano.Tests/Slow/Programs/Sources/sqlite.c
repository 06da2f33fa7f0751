// SPDX-License-Identifier: MIT
// A database in memory: tables, an index, joins, aggregates, a transaction undone, text in and out.
#include "driver.h"
#include <sqlite3.h>

/// No files: what SQLite asks of a system besides them.
static int no_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs, (void)name, (void)flags, (void)out;
    file->pMethods = NULL;
    return SQLITE_CANTOPEN;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *full)
{
    (void)vfs;
    return snprintf(full, (size_t)size, "%s", name) < size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int noise(sqlite3_vfs *vfs, int size, char *bytes)
{
    (void)vfs;
    for (int n = 0; n < size; n++) bytes[n] = (char)driver_random();
    return size;
}

static int no_time(sqlite3_vfs *vfs, double *days)
{
    (void)vfs;
    *days = 2451544.5;
    return SQLITE_OK;
}

int sqlite3_os_init(void)
{
    static sqlite3_vfs nothing = {.iVersion = 1, .szOsFile = sizeof(sqlite3_file), .mxPathname = 100, .zName = "nothing",
                                  .xOpen = no_file, .xFullPathname = full_name, .xRandomness = noise, .xCurrentTime = no_time};
    return sqlite3_vfs_register(&nothing, 1);
}

int sqlite3_os_end(void) { return SQLITE_OK; }

static sqlite3 *db;

static int print_row(void *context, int count, char **values, char **names)
{
    (void)context;
    (void)names;
    for (int n = 0; n < count; n++) printf("%s%s", n ? "|" : "", values[n] ? values[n] : "NULL");
    printf("\n");
    return 0;
}

static void run(const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, print_row, NULL, &error) != SQLITE_OK) printf("%s\n", error);
    sqlite3_free(error);
}

static void fill(void)
{
    sqlite3_stmt *insert;
    CHECK(sqlite3_prepare_v2(db, "INSERT INTO reading(sensor, at, value, note) VALUES (?, ?, ?, ?)", -1, &insert, NULL) == SQLITE_OK);
    for (int n = 0; n < 400; n++) {
        char note[24];
        driver_text(note, sizeof note);
        sqlite3_bind_int(insert, 1, (int)(driver_random() % 7));
        sqlite3_bind_int64(insert, 2, 1700000000ll * 1000 + n * 60000ll);
        sqlite3_bind_double(insert, 3, (int32_t)driver_random() / 65536.0);
        sqlite3_bind_text(insert, 4, note, sizeof note, SQLITE_TRANSIENT);
        CHECK(sqlite3_step(insert) == SQLITE_DONE);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
}

int main(void)
{
    CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK);
    run("CREATE TABLE sensor(id INTEGER PRIMARY KEY, name TEXT UNIQUE, unit TEXT);"
        "CREATE TABLE reading(id INTEGER PRIMARY KEY, sensor INTEGER REFERENCES sensor, at INTEGER, value REAL, note TEXT);"
        "INSERT INTO sensor VALUES (0,'temperature','C'),(1,'humidity','%'),(2,'pressure','hPa'),(3,'light','lx'),(4,'noise','dB'),(5,'gas',NULL);");
    run("BEGIN");
    fill();
    run("COMMIT; CREATE INDEX by_sensor ON reading(sensor, value)");
    run("SELECT name, count(*), min(value), max(value), avg(value), sum(length(note)) FROM sensor JOIN reading ON sensor.id = sensor GROUP BY name ORDER BY 2 DESC, 1");
    run("SELECT s.name, r.value, substr(r.note, 1, 8) FROM reading r LEFT JOIN sensor s ON s.id = r.sensor WHERE r.value > (SELECT avg(value) * 3 FROM reading) ORDER BY r.value DESC LIMIT 8");
    run("WITH RECURSIVE f(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM f LIMIT 60) SELECT max(a), count(*) FROM f");
    run("SELECT sensor, group_concat(n) FROM (SELECT sensor, count(*) AS n FROM reading WHERE note LIKE '%sensor%' GROUP BY sensor, at % 3) GROUP BY sensor");
    run("BEGIN; DELETE FROM reading WHERE value < 0; SELECT count(*) FROM reading; ROLLBACK; SELECT count(*) FROM reading");
    run("UPDATE reading SET value = round(value * 1.5, 2) WHERE sensor = 2; SELECT total(value), 1e308 * 10, 7 / 2, 7 % -3, 0.1 + 0.2, 'it''s' || x'41' FROM reading WHERE sensor = 2");
    run("SELECT quote(x'00ff'), upper('abc'), hex('z'), printf('%08.3f', 3.14159), typeof(1.0), 9223372036854775807 + 1, instr('hello', 'l')");
    run("SELECT nothing FROM nowhere");
    run("INSERT INTO sensor VALUES (9, 'gas', '')");
    run("SELECT rank, value FROM (SELECT value, row_number() OVER (ORDER BY value) AS rank FROM reading) WHERE rank % 80 = 0");
    run("PRAGMA integrity_check");
    CHECK(sqlite3_close(db) == SQLITE_OK);
    return 0;
}
