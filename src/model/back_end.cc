#include "model/back_end.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace oakum {

namespace {

struct Row {
  std::string_view name;  // the last part of the repository, whoever builds it: "postgres" of registry.local/x/postgres
  std::string_view kind;
};

// Not those that things outside of the project are meant to talk to: brokers of devices, object stores, consoles.
constexpr Row kImages[] = {
    {"arangodb", "ArangoDB"},
    {"cassandra", "Cassandra"},
    {"clickhouse", "ClickHouse"},
    {"clickhouse-server", "ClickHouse"},
    {"cockroach", "CockroachDB"},
    {"couchbase", "Couchbase"},
    {"couchdb", "CouchDB"},
    {"cp-kafka", "Kafka"},
    {"cp-server", "Kafka"},
    {"cp-zookeeper", "ZooKeeper"},
    {"dragonfly", "Dragonfly"},
    {"elasticsearch", "Elasticsearch"},
    {"elasticsearch-oss", "Elasticsearch"},
    {"etcd", "etcd"},
    {"influxdb", "InfluxDB"},
    {"kafka", "Kafka"},
    {"keydb", "KeyDB"},
    {"mariadb", "MariaDB"},
    {"meilisearch", "Meilisearch"},
    {"memcached", "memcached"},
    {"mongo", "MongoDB"},
    {"mongodb", "MongoDB"},
    {"mongodb-community-server", "MongoDB"},
    {"mysql", "MySQL"},
    {"mysql-server", "MySQL"},
    {"neo4j", "Neo4j"},
    {"opensearch", "OpenSearch"},
    {"oracle-free", "Oracle"},
    {"oracle-xe", "Oracle"},
    {"percona", "MySQL"},
    {"percona-server", "MySQL"},
    {"percona-xtradb-cluster", "MySQL"},
    {"pgvector", "PostgreSQL"},
    {"postgis", "PostgreSQL"},
    {"postgres", "PostgreSQL"},
    {"postgresql", "PostgreSQL"},
    {"rabbitmq", "RabbitMQ"},
    {"redis", "Redis"},
    {"redis-stack-server", "Redis"},
    {"rethinkdb", "RethinkDB"},
    {"scylla", "ScyllaDB"},
    {"solr", "Solr"},
    {"timescaledb", "PostgreSQL"},
    {"typesense", "Typesense"},
    {"valkey", "Valkey"},
    {"zookeeper", "ZooKeeper"},
};
static_assert(std::ranges::is_sorted(kImages, {}, &Row::name));

}  // namespace

std::string_view back_end_kind(const Workload& service) {
  if (!service.image) return {};
  const std::string_view repository = service.image->repository;
  if (repository.find('$') != std::string_view::npos) return {};
  if (repository == "mssql/server") return "SQL Server";
  const std::size_t slash = repository.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? repository : repository.substr(slash + 1);
  const auto* found = std::ranges::lower_bound(kImages, name, {}, &Row::name);
  return found != std::end(kImages) && found->name == name ? found->kind : std::string_view();
}

}  // namespace oakum
