#pragma once
#include <libpq-fe.h>
// Not in the toolchain's Glibc module.
#include <sys/epoll.h>

// The names of an error's fields are character literals in macros, which Swift does not import.

static inline const char *cpostgresql_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *cpostgresql_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

// Which function of the server raised it: how a stale plan is told from a missing feature.
static inline const char *cpostgresql_source(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
}
