#include "advisories/download.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "advisories/dates.h"
#include "advisories/package_mirror.h"
#include "base/digest.h"
#include "base/fd.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::size_t kChunk = 256U << 10;
constexpr std::size_t kMaxValidators = 16U << 10;

// What the server said of the bytes (RFC 9110 section 8.8): asked back in If-None-Match, If-Modified-Since and
// If-Range.
struct Validators {
  std::string url;
  std::string etag;
  std::string modified;
  std::string size;  // of the whole file, once it is there

  // A weak ETag says that two files mean the same, not that their bytes are equal: parts cannot be joined on it.
  std::string for_range() const { return etag.empty() || etag.starts_with("W/") ? modified : etag; }
};

struct Paths {
  std::string file;
  std::string validators;
  std::string part;
  std::string part_validators;
};

std::string parent(const std::string& path) { return path.substr(0, path.rfind('/')); }

Result<Paths> paths_of(const Download& what, const DownloadOptions& options) {
  for (const std::string_view part : split(what.path, '/')) {
    if (part.empty() || part == "." || part == "..")
      return fail(ErrorCode::invalid, what.path, "not a path below the mirror");
  }
  const std::string state = options.folder + "/.state/" + what.path;
  Paths paths{options.folder + "/" + what.path, state + ".validators", state + ".part", state + ".part.validators"};
  OAKUM_CHECK(make_directories(parent(paths.file)));
  OAKUM_CHECK(make_directories(parent(paths.part)));
  return paths;
}

Validators read_validators(const std::string& path) {
  Validators validators;
  const auto text = read_file(path, kMaxValidators);
  if (!text) return validators;
  std::string_view rest = *text;
  for (std::string* field : {&validators.url, &validators.etag, &validators.modified, &validators.size}) {
    *field = next_line(rest).value_or(std::string_view());
  }
  return validators;
}

Status write_validators(const std::string& path, const Validators& validators) {
  return write_file_atomically(
      path, validators.url + "\n" + validators.etag + "\n" + validators.modified + "\n" + validators.size + "\n");
}

std::string header_of(const net::Response& response, const std::string& name) {
  const auto found = response.headers.find(name);
  return found == response.headers.end() ? std::string() : found->second;
}

std::uint64_t size_of(const std::string& path) {
  struct stat status{};
  return stat(path.c_str(), &status) == 0 && status.st_size > 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

// "bytes 100-199/200" → 100 (RFC 9110 section 14.4)
std::optional<std::uint64_t> first_byte(std::string_view content_range) {
  if (!content_range.starts_with("bytes ")) return std::nullopt;
  content_range.remove_prefix(6);
  return parse_number<std::uint64_t>(next_field(content_range, '-'));
}

void forget(const std::string& path) { ::unlink(path.c_str()); }

class Exchange {
 public:
  Exchange(std::string url, const Download& what, const Paths& paths, const DownloadOptions& options)
      : url_(std::move(url)), checksum_(what.checksum), digest_(what.digest), paths_(paths), options_(options) {}

  Result<Fetched> run();

 private:
  net::Request request() const;
  Result<Fetched> once(bool& again);
  Status receive(net::StreamedResponse& answer, std::uint64_t offset);
  Status check_sum() const;
  Status check_digest(const std::string& path) const;
  Status publish(Validators validators) const;

  std::string url_;
  std::string checksum_;
  std::string digest_;
  const Paths& paths_;
  const DownloadOptions& options_;
};

net::Request Exchange::request() const {
  net::Request request;
  request.url = url_;
  const Validators part = read_validators(paths_.part_validators);
  const std::uint64_t have = size_of(paths_.part);
  if (have > 0 && part.url == url_ && !part.for_range().empty()) {
    request.headers.emplace_back("Range", fmt::format("bytes={}-", have));
    request.headers.emplace_back("If-Range", part.for_range());
    return request;
  }
  const Validators whole = read_validators(paths_.validators);
  if (whole.url != url_ || !path_exists(paths_.file)) return request;
  if (!whole.etag.empty()) request.headers.emplace_back("If-None-Match", whole.etag);
  if (!whole.modified.empty()) request.headers.emplace_back("If-Modified-Since", whole.modified);
  return request;
}

Status Exchange::receive(net::StreamedResponse& answer, std::uint64_t offset) {
  const int flags = O_WRONLY | O_CREAT | (offset == 0 ? O_TRUNC : O_APPEND);
  OAKUM_TRY(const Fd file, open_file(paths_.part, flags, 0644));
  std::uint64_t total = offset;
  std::string buffer(kChunk, '\0');
  for (;;) {
    OAKUM_TRY(const std::size_t got, answer.body->read(buffer));
    if (got == 0) break;
    total += got;
    if (total > options_.max_bytes) {
      forget(paths_.part);
      return fail(ErrorCode::limit, url_,
                  fmt::format("is larger than the limit of {}", human_bytes(options_.max_bytes)));
    }
    OAKUM_CHECK(write_all(file.get(), std::string_view(buffer).substr(0, got), paths_.part));
  }
  const auto promised = parse_number<std::uint64_t>(header_of(answer.response, "content-length"));
  if (promised && header_of(answer.response, "content-encoding").empty() && total - offset != *promised) {
    return fail(ErrorCode::network, url_, fmt::format("broke off after {} of {} bytes", total - offset, *promised));
  }
  if (fsync(file.get()) != 0) return fail_errno(errno, paths_.part, "cannot write to disk");
  return {};
}

// "HEX  NAME" or "HEX" alone, as sha256sum(1) writes it.
Status Exchange::check_sum() const {
  if (checksum_.empty()) return {};
  net::Request request;
  request.url = url_ + checksum_;
  OAKUM_TRY(const net::Response answer, net::fetch_with_retries(request, options_.retry));
  std::string_view line = trim(answer.body);
  const auto promised = Digest::parse("sha256:" + to_lower(next_field(line, ' ')));
  if (answer.status != 200 || !promised) return fail(ErrorCode::network, request.url, "is not a checksum");
  OAKUM_TRY(const MappedFile bytes, MappedFile::open(paths_.part));
  if (Digest::sha256_of(bytes.bytes()) == *promised) return {};
  return fail(ErrorCode::integrity, url_, "what came is not what its checksum says", "try again later");
}

Status Exchange::check_digest(const std::string& path) const {
  OAKUM_TRY(const MappedFile bytes, MappedFile::open(path));
  return verify_digest(bytes.bytes(), digest_, url_);
}

// The validators go away first: killed between the steps, the next run fetches the file again rather than trust them.
Status Exchange::publish(Validators validators) const {
  forget(paths_.validators);
  validators.size = std::to_string(size_of(paths_.part));
  if (std::rename(paths_.part.c_str(), paths_.file.c_str()) != 0) {
    return fail_errno(errno, paths_.file, "cannot put the fetched file there");
  }
  forget(paths_.part_validators);
  OAKUM_TRY(const Fd folder, open_file(parent(paths_.file), O_RDONLY | O_DIRECTORY));
  if (fsync(folder.get()) != 0) return fail_errno(errno, paths_.file, "cannot write to disk");
  return write_validators(paths_.validators, validators);
}

Result<Fetched> Exchange::once(bool& again) {
  const net::Request asked = request();
  const bool resuming = !asked.headers.empty() && asked.headers.front().first == "Range";
  OAKUM_TRY(net::StreamedResponse answer, net::fetch_stream_with_retries(asked, options_.retry));
  const int status = answer.response.status;
  if (status == 304 && !resuming) return Fetched::unchanged;
  if (status == 416 && resuming) {
    // Longer than what there is: of another file.
    forget(paths_.part);
    again = true;
    return fail(ErrorCode::network, url_, "has no such range any more");
  }
  if (!answer.body) return fail(ErrorCode::network, url_, fmt::format("the server answered {}", status));
  std::uint64_t offset = 0;
  if (status == 206) {
    offset = size_of(paths_.part);
    if (!resuming || first_byte(header_of(answer.response, "content-range")) != offset) {
      forget(paths_.part);
      again = true;
      return fail(ErrorCode::network, url_, "the server sent another part than the one asked for");
    }
  }
  Validators validators{url_, header_of(answer.response, "etag"), header_of(answer.response, "last-modified"), {}};
  OAKUM_CHECK(write_validators(paths_.part_validators, validators));
  if (const Status received = receive(answer, offset); !received) {
    again = received.error().code == ErrorCode::network;
    return std::unexpected(received.error());
  }
  if (const Status sound = digest_.empty() ? check_sum() : check_digest(paths_.part); !sound) {
    forget(paths_.part);
    return std::unexpected(sound.error());
  }
  OAKUM_CHECK(publish(std::move(validators)));
  return Fetched::updated;
}

Result<Fetched> Exchange::run() {
  if (!digest_.empty() && path_exists(paths_.file)) {
    if (check_digest(paths_.file)) return Fetched::unchanged;
    // Another file, or a damaged one, about which the server is not to be asked whether it changed.
    forget(paths_.validators);
  }
  for (int attempt = 1;; ++attempt) {
    bool again = false;
    auto result = once(again);
    if (result || !again || attempt >= options_.retry.attempts) return result;
    const auto delay = net::retry_delay(options_.retry, attempt, nullptr);
    if (!delay) return result;
    net::wait_for_retry(options_.retry, *delay);
  }
}

std::string url_of(const Download& what, const DownloadOptions& options) {
  if (options.mirror_url.empty()) return what.url;
  return options.mirror_url + (options.mirror_url.ends_with('/') ? "" : "/") + what.path;
}

}  // namespace

Result<Fetched> download(const Download& what, const DownloadOptions& options) {
  OAKUM_TRY(const Paths paths, paths_of(what, options));
  return Exchange(url_of(what, options), what, paths, options).run();
}

std::string last_modified_day(const std::string& folder, const std::string& path) {
  const Validators validators = read_validators(folder + "/.state/" + path + ".validators");
  const std::string file = folder + "/" + path;
  const bool same = path_exists(file) && parse_number<std::uint64_t>(validators.size) == size_of(file);
  return same ? iso_day_of_fixdate(validators.modified) : std::string();
}

}  // namespace oakum::advisories
