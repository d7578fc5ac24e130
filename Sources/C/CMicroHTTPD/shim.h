#pragma once
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

// One C function for what Swift cannot import: MHD_start_daemon is variadic, sockaddr a cast.
struct shim_MHD_options {
  const char *address;
  uint16_t port;
  unsigned int threads;
  unsigned int connections;
  unsigned int timeout_seconds;
  size_t connection_memory;
  const char *certificate;
  const char *private_key;
  void *context;
  MHD_AccessHandlerCallback handler;
  void *(*begin)(void *context, const char *target, struct MHD_Connection *connection);
  MHD_RequestCompletedCallback completed;
};

// Leaves the target as it was sent: the router splits first and decodes then.
static inline size_t shim_MHD_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
  (void)context;
  (void)connection;
  return strlen(text);
}

// Empties the query of the target, which was copied before. The library would list its parameters in
// the memory that is meant for the header, and once that is used up the connection hangs without a
// reply. What it hands out here is its own buffer, which it reads on after this.
static inline void shim_MHD_empty_query(const char *target) {
  char *query = strchr((char *)target, '?');
  if (query != NULL) query[1] = '\0';
}

static inline void shim_MHD_no_log(void *context, const char *format, va_list arguments) {
  (void)context;
  (void)format;
  (void)arguments;
}

static inline struct MHD_Daemon *shim_MHD_start(const struct shim_MHD_options *options) {
  struct sockaddr_storage storage;
  memset(&storage, 0, sizeof(storage));
  struct sockaddr_in *v4 = (struct sockaddr_in *)&storage;
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&storage;
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  if (inet_pton(AF_INET, options->address, &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(options->port);
  } else if (inet_pton(AF_INET6, options->address, &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(options->port);
    flags |= MHD_USE_IPv6;
  } else {
    return NULL;
  }
  struct MHD_OptionItem certificate[] = {
      {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)options->certificate},
      {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)options->private_key},
      {MHD_OPTION_END, 0, NULL}};
  struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
  if (options->certificate != NULL) flags |= MHD_USE_TLS;
  return MHD_start_daemon(
      flags, options->port, NULL, NULL, options->handler, options->context,
      MHD_OPTION_EXTERNAL_LOGGER, &shim_MHD_no_log, NULL,
      MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&storage,
      MHD_OPTION_URI_LOG_CALLBACK, options->begin, options->context,
      MHD_OPTION_NOTIFY_COMPLETED, options->completed, options->context,
      MHD_OPTION_UNESCAPE_CALLBACK, &shim_MHD_keep_escapes, NULL,
      MHD_OPTION_THREAD_POOL_SIZE, options->threads,
      MHD_OPTION_CONNECTION_LIMIT, options->connections,
      MHD_OPTION_CONNECTION_TIMEOUT, options->timeout_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory,
      MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned int)1024,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_ARRAY, options->certificate != NULL ? certificate : plain, MHD_OPTION_END);
}

// The limit's kind is an enumeration in C++ and an integer in C.
static inline void shim_raise_descriptor_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// The result is a union behind a variadic call.
static inline uint16_t shim_MHD_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

// Sends a reset at once: the library ends what it sends before it closes, and by then the other side
// has seen an orderly end. Dissolving the association (connect(2)) leaves it the descriptor to close.
static inline void shim_MHD_reset(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (info == NULL) return;
  struct sockaddr none;
  memset(&none, 0, sizeof(none));
  none.sa_family = AF_UNSPEC;
  connect(info->connect_fd, &none, sizeof(none));
}

// Whether the other end is this machine; the address is a union behind a variadic call.
static inline int shim_MHD_is_local(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (info == NULL || info->client_addr == NULL) return 0;
  if (info->client_addr->sa_family == AF_INET) {
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)info->client_addr;
    return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
  }
  if (info->client_addr->sa_family != AF_INET6) return 0;
  const struct in6_addr *v6 = &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr;
  return IN6_IS_ADDR_LOOPBACK(v6) || (IN6_IS_ADDR_V4MAPPED(v6) && v6->s6_addr[12] == 127);
}
