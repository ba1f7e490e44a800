#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

struct Service {
  std::uint32_t port;
  std::string_view name;
};

constexpr Service kServices[] = {
    {1433, "SQL Server"},
    {1521, "Oracle"},
    {2375, "the Docker API"},
    {2379, "etcd"},
    {2181, "ZooKeeper"},
    {3306, "MySQL"},
    {4369, "Erlang's port mapper"},
    {5432, "PostgreSQL"},
    {5672, "an AMQP broker"},
    {5984, "CouchDB"},
    {6379, "Redis"},
    {8086, "InfluxDB"},
    {8500, "Consul"},
    {9042, "Cassandra"},
    {9092, "Kafka"},
    {9200, "Elasticsearch"},
    {9300, "Elasticsearch"},
    {11211, "memcached"},
    {15672, "RabbitMQ's console"},
    {27017, "MongoDB"},
    {28015, "RethinkDB"},
};

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address == "[::1]" || address == "localhost";
}

void check(const Workload& workload, Judge& judge) {
  if (is_host(workload.network_mode)) return;
  for (const Stated<PublishedPort>& port : workload.ports) {
    if (!port.known || is_loopback(port.value.host_ip)) continue;
    const Service* service = std::ranges::find_if(kServices, [&](const Service& row) {
      return row.port >= port.value.container_first && row.port <= port.value.container_last;
    });
    if (service == std::end(kServices)) continue;
    judge.found(
        workload, port.origin,
        join({"publishes port ", std::to_string(service->port), " (", service->name, ") beyond the host itself"}));
  }
}

}  // namespace

extern constinit const Rule database_port_published{
    .info = checked({
        .id = "database-port-published",
        .title = "a database is reachable from outside the host",
        .severity = Severity::high,
        .practice = Practice::network_segmentation,
        .surfaces = "CRL",
        .fix = FixSafety::unsafe,
        .fix_summary = "do not publish it, or publish it on 127.0.0.1",
        .why = "Databases, caches and message brokers trust those who reach them, and some ask for no password at "
               "all. Published on more than the loopback they are found by scanners within hours; other containers "
               "need no published port to use them.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: postgres:16\n"
                "    ports:\n"
                "      - \"5432:5432\"\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: postgres:16\n"
                 "    ports:\n"
                 "      - \"127.0.0.1:5432:5432\"\n"},
        .references = "https://docs.docker.com/engine/network/port-publishing/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
