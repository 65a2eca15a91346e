#pragma once
#include <microhttpd.h>
#include <sys/socket.h>

// Faces for the variadic functions, which Swift cannot call.

typedef void *(*traqora_uri_callback)(void *cls, const char *uri, struct MHD_Connection *connection);

struct traqora_mhd_settings {
  unsigned int connections_max;
  unsigned int idle_seconds_max;
  size_t head_bytes_max;
  MHD_AccessHandlerCallback access;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection;
  traqora_uri_callback uri;
  MHD_LogCallback log;
  void *context;
};

// The target of a request stays as it was sent; Swift decodes it.
static size_t traqora_mhd_no_unescape(void *cls, struct MHD_Connection *connection, char *text) {
  (void)cls;
  (void)connection;
  return strlen(text);
}

// Makes one parameter of a query, once the target was copied: what the library makes of it takes
// room for each, nobody reads it, and where the room ends the request is answered by nobody.
static inline void traqora_mhd_join_parameters(const char *uri) {
  for (char *mark = strchr((char *)uri, '?'); mark != NULL; mark = strchr(mark, '&')) {
    if (*mark == '&') *mark = '_';
    mark++;
  }
}

// One thread, which is given its connections: see Acceptor.
//
// Without MHD_USE_TURBO, a peer that ends its side in the middle of a body is only noticed when the
// connection has been idle for too long.
static inline struct MHD_Daemon *traqora_mhd_start(struct traqora_mhd_settings settings) {
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_TURBO
          | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG,
      0, NULL, NULL, settings.access, settings.context,
      MHD_OPTION_EXTERNAL_LOGGER, settings.log, settings.context,
      MHD_OPTION_CONNECTION_LIMIT, settings.connections_max,
      MHD_OPTION_CONNECTION_TIMEOUT, settings.idle_seconds_max,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings.head_bytes_max,
      MHD_OPTION_NOTIFY_COMPLETED, settings.completed, settings.context,
      MHD_OPTION_NOTIFY_CONNECTION, settings.connection, settings.context,
      MHD_OPTION_URI_LOG_CALLBACK, settings.uri, settings.context,
      MHD_OPTION_UNESCAPE_CALLBACK, traqora_mhd_no_unescape, NULL,
      MHD_OPTION_END);
}

// Of the GNU part of <sys/socket.h>.
int accept4(int socket, struct sockaddr *address, socklen_t *size, int flags);

struct traqora_mhd_peer {
  int socket;
  struct sockaddr_storage address;
  socklen_t size;
};

// Waits for a connection; the socket is -1, and `errno` says why, if there is none.
static inline struct traqora_mhd_peer traqora_mhd_accept(int listener) {
  struct traqora_mhd_peer peer;
  peer.size = sizeof peer.address;
  peer.socket = accept4(
      listener, (struct sockaddr *)&peer.address, &peer.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  return peer;
}

// Hands a connection over, also if it is refused: then it is closed.
static inline enum MHD_Result traqora_mhd_add(
    struct MHD_Daemon *daemon, struct traqora_mhd_peer peer) {
  return MHD_add_connection(daemon, peer.socket, (struct sockaddr *)&peer.address, peer.size);
}

static inline void *traqora_mhd_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

static inline int traqora_mhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

static inline const struct sockaddr *traqora_mhd_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : NULL;
}
