#pragma once
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Faces for macros, which Swift does not see.

static inline int copenssl_at_least_tls_1_2(SSL_CTX *context) {
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

// What could not be written at once may be tried again from another place in memory.
static inline void copenssl_write_in_parts(SSL_CTX *context) {
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

static inline int copenssl_ask_for_host(SSL *connection, const char *host) {
  return (int)SSL_set_tlsext_host_name(connection, host);
}
