// Ubuntu: the CVE Tracker's own files (ubuntu/ubuntu-cve-tracker.tar.zst), and the OSV and OpenVEX archives that
// Canonical makes from it (ubuntu/osv-all.tar.xz, ubuntu/vex-all.tar.xz).
#include <array>
#include <set>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/openvex.h"
#include "advisories/feeds/osv_record.h"
#include "advisories/feeds/table.h"
#include "advisories/feeds/ubuntu_tracker.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kTracker = "ubuntu/ubuntu-cve-tracker.tar.zst";
constexpr std::string_view kOsv = "ubuntu/osv-all.tar.xz";
constexpr std::string_view kVex = "ubuntu/vex-all.tar.xz";

bool accepts(std::string_view path) { return path == kTracker || path == kOsv || path == kVex; }

// Passes everything on and notes the ecosystems of claims and the newest date of publication.
class NotingSink final : public FeedSink {
 public:
  explicit NotingSink(FeedSink& inner) : inner_(inner) {}
  void claim(Claim claim) override {
    if (claim.ecosystem != last_) {
      last_ = claim.ecosystem;
      ecosystems_.insert(last_);
    }
    inner_.claim(std::move(claim));
  }
  void vulnerability(VulnerabilityRecord record) override {
    const std::string_view day = std::string_view(record.published).substr(0, 10);
    if (day > newest_) newest_ = day;
    inner_.vulnerability(std::move(record));
  }
  void kev(KevRecord record) override { inner_.kev(std::move(record)); }
  void epss(EpssRecord record) override { inner_.epss(std::move(record)); }
  void lifecycle(LifecycleRecord record) override { inner_.lifecycle(std::move(record)); }
  void covers(std::string_view ecosystem) override { inner_.covers(ecosystem); }
  void problem(std::string_view place, std::string_view message) override { inner_.problem(place, message); }
  void dated(std::string_view date) override { inner_.dated(date); }
  void note(std::string_view text) override { inner_.note(text); }

  const std::set<std::string>& ecosystems() const { return ecosystems_; }
  const std::string& newest() const { return newest_; }

 private:
  FeedSink& inner_;
  std::set<std::string> ecosystems_;
  std::string last_;
  std::string newest_;
};

std::string_view base_name(std::string_view member) { return member.substr(member.rfind('/') + 1); }

// The tracker's folder ignored/ holds CVEs of software that Ubuntu does not have.
bool is_tracker_file(std::string_view member) {
  const bool folder = member.find("/active/") != std::string_view::npos ||
                      member.find("/retired/") != std::string_view::npos || member.starts_with("active/") ||
                      member.starts_with("retired/");
  return folder && is_cve(base_name(member));
}

bool is_json(std::string_view member) { return member.ends_with(".json"); }

using ReadMember = std::function<Status(const ArchiveMember&, FeedSink&)>;

// An archive of which nothing is read is an error; one that breaks off is a problem, and speaks for nothing.
Status read_members(const FeedFile& file, bool (*wanted)(std::string_view), const ReadMember& read_member,
                    FeedSink& sink) {
  NotingSink noting(sink);
  std::uint64_t good = 0;
  const auto visit = [&](const ArchiveMember& member) -> Status {
    const Status status = read_member(member, noting);
    good += status ? 1U : 0U;
    if (!status) noting.problem(file.path + ": " + std::string(member.name), status.error().why);
    return {};
  };
  const Status status = read_archive(file.disk, file.path, wanted, visit);
  if (good == 0) return status ? fail(ErrorCode::invalid, file.path, "holds no advisory") : status;
  if (!status) {
    sink.problem(file.path, status.error().message());
    return {};
  }
  for (const std::string& ecosystem : noting.ecosystems()) sink.covers(ecosystem);
  if (!noting.newest().empty()) sink.dated(noting.newest());
  return {};
}

Status read_tracker(const FeedFile& file, FeedSink& sink) {
  const auto member = [](const ArchiveMember& m, FeedSink& to) { return read_ubuntu_cve(m.bytes, m.name, to); };
  return read_members(file, is_tracker_file, member, sink);
}

Status read_json(const FeedFile& file, Status (*read_document)(JsonValue, FeedSink&, OsvTally&), FeedSink& sink) {
  JsonReader reader;
  OsvTally tally;
  const auto member = [&](const ArchiveMember& m, FeedSink& to) -> Status {
    OAKUM_TRY(const JsonValue document, reader.parse(m.bytes, m.name));
    return read_document(document, to, tally);
  };
  OAKUM_CHECK(read_members(file, is_json, member, sink));
  note_unknown(tally, file.path, sink);
  return {};
}

Status read(const FeedFile& file, FeedSink& sink) {
  if (file.path == kTracker) return read_tracker(file, sink);
  return read_json(file, file.path == kOsv ? read_osv_record : read_ubuntu_vex, sink);
}

std::span<const Download> downloads() {
  static const std::array kDownloads = {
      Download{"https://security-metadata.canonical.com/osv/osv-all.tar.xz", std::string(kOsv)},
      Download{"https://security-metadata.canonical.com/vex/vex-all.tar.xz", std::string(kVex)}};
  return kDownloads;
}

}  // namespace

const Feed kUbuntuFeed = {.name = "ubuntu",
                          .title = "Ubuntu security",
                          .licence = "CC BY-SA 4.0",
                          .accepts = accepts,
                          .read = read,
                          .downloads = downloads};

}  // namespace oakum::advisories
