// Opening the database and matching the packages of a Debian system of 500 packages.
//
// OAKUM_DB names a database built from real feeds; without it one of the same shape is made.
#include <cstdlib>
#include <memory>

#include <benchmark/benchmark.h>

#include "advisories/builder.h"
#include "advisories/match.h"
#include "base/fd.h"

namespace oakum::advisories {
namespace {

constexpr unsigned kPackages = 500;

std::string package_name(unsigned i) { return "package" + std::to_string(i); }

Status made_up(const FeedFile&, FeedSink& sink) {
  for (unsigned p = 0; p < kPackages; ++p) {
    for (unsigned c = 0; c < 20; ++c) {
      const std::string id = "CVE-2024-" + std::to_string(10000 + p * 20 + c);
      Claim claim;
      claim.ecosystem = "debian:12";
      claim.by = PackageName::source;
      claim.package = package_name(p);
      claim.vulnerability = id;
      claim.status = FixStatus::fixed;
      claim.ranges = {{"", "1." + std::to_string(c) + "-1+deb12u" + std::to_string(p % 5), ""}};
      sink.claim(claim);
      VulnerabilityRecord record;
      record.id = id;
      record.description = "A flaw in " + package_name(p) + " lets remote attackers cause harm of kind " + id;
      sink.vulnerability(record);
    }
  }
  sink.covers("debian:12");
  return {};
}

constexpr Feed kMadeUp = {.name = "debian",
                          .title = "made up",
                          .licence = "none",
                          .accepts = [](std::string_view) { return true; },
                          .read = made_up,
                          .downloads = nullptr};

const std::string& database_path() {
  static const auto directory = TemporaryDirectory::create("oakum-bench");
  static const std::string path = [] {
    if (const char* given = std::getenv("OAKUM_DB"); given != nullptr) return std::string(given);
    const std::string mirror = directory->path() + "/mirror";
    const std::string output = directory->path() + "/oakum.db";
    if (!make_directories(mirror) || !write_file_atomically(mirror + "/x", "x")) std::abort();
    if (!build_database_of({&kMadeUp, 1}, mirror, output, {})) std::abort();
    return output;
  }();
  return path;
}

// With real data: three binaries each of common source packages, so old that all of their vulnerabilities are open.
Target system() {
  static constexpr const char* kReal[] = {"openssl", "curl", "glibc", "nginx", "python3.11", "systemd", "openjdk-17"};
  const bool real = std::getenv("OAKUM_DB") != nullptr;
  Target target;
  target.distribution = Distribution{};
  target.distribution->id = "debian";
  target.ecosystem = "debian:12";
  for (unsigned i = 0; i < kPackages; ++i) {
    Package package;
    package.ecosystem = "deb";
    package.name = real && i < 21 ? kReal[i % 7] + std::to_string(i) : package_name(i);
    package.version = i % 10 == 0 ? "1.18-1" : "1.19-1+deb12u4";
    package.source = {real && i < 21 ? kReal[i % 7] : package_name(i), package.version};
    target.packages.push_back(std::move(package));
  }
  return target;
}

void BM_Open(benchmark::State& state) {
  const std::string& path = database_path();
  for (auto _ : state) benchmark::DoNotOptimize(Database::open(path).has_value());
}
BENCHMARK(BM_Open)->Unit(benchmark::kMicrosecond);

void BM_Claims(benchmark::State& state) {
  const Database database = Database::open(database_path()).value();
  unsigned i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(database.claims("debian:12", package_name(i++ % kPackages)));
}
BENCHMARK(BM_Claims)->Unit(benchmark::kMicrosecond);

void BM_OpenAndMatch500(benchmark::State& state) {
  const std::string& path = database_path();
  const Target target = system();
  std::size_t found = 0;
  for (auto _ : state) {
    Target work = target;
    const Database database = Database::open(path).value();
    match(database, {.today = "2024-01-01", .details = true}, work);
    found = work.vulnerabilities.size();
  }
  state.counters["found"] = static_cast<double>(found);
}
BENCHMARK(BM_OpenAndMatch500)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oakum::advisories
