#include "advisories/builder.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <set>

#include "advisories/corpus.h"
#include "advisories/download.h"
#include "advisories/merged.h"
#include "advisories/record.h"
#include "advisories/writer.h"
#include "base/digest.h"
#include "base/fd.h"
#include "base/parallel.h"

namespace oakum::advisories {

namespace {

constexpr std::size_t kMaxFiles = 2'000'000;
constexpr int kMaxDepth = 32;
constexpr int kTextLevel = 9;
constexpr std::size_t kSamples = 4000;
constexpr std::size_t kSampleBytes = 4096;

struct InputFile {
  FeedFile file;
  const Feed* feed = nullptr;
};

bool is_wanted(const Feed& feed, const BuildOptions& options) {
  return options.only.empty() || std::ranges::find(options.only, feed.name) != options.only.end();
}

void accept(const std::string& path, const std::string& disk, std::span<const Feed> feeds, const BuildOptions& options,
            std::vector<InputFile>& inputs) {
  for (const Feed& feed : feeds) {
    if (is_wanted(feed, options) && feed.accepts(path)) inputs.push_back({{path, disk}, &feed});
  }
}

// Sorted by path and feed, whatever the order of the directory.
Result<std::vector<InputFile>> find_inputs(std::span<const Feed> feeds, const std::string& mirror,
                                           const BuildOptions& options) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<InputFile> inputs;
  std::size_t seen = 0;
  fs::recursive_directory_iterator entry(mirror, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (++seen > kMaxFiles) return fail(ErrorCode::limit, mirror, "holds more than 2,000,000 files");
    // Hidden folders hold what `oakum db update` notes down for itself.
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (hidden || entry.depth() >= kMaxDepth) entry.disable_recursion_pending();
    if (hidden) continue;
    std::error_code unreadable;
    if (!entry->is_regular_file(unreadable)) continue;
    const std::string disk = entry->path().string();
    accept(entry->path().lexically_relative(mirror).generic_string(), disk, feeds, options, inputs);
  }
  if (error) return fail_errno(error.value(), mirror, "cannot list the feeds");
  std::ranges::sort(inputs, [](const InputFile& a, const InputFile& b) {
    return std::pair(std::string_view(a.file.path), a.feed->name) <
           std::pair(std::string_view(b.file.path), b.feed->name);
  });
  if (inputs.empty()) {
    return fail(ErrorCode::not_found, mirror, "holds no file that a feed reads",
                "name the folder that holds \"osv\", \"debian\", \"kev\" and so on, or run `oakum db update`");
  }
  return inputs;
}

// The mirror: what comes before the path below it.
std::string root_of(const FeedFile& file) {
  return file.disk.ends_with(file.path) ? file.disk.substr(0, file.disk.size() - file.path.size()) : std::string(".");
}

void read_input(const InputFile& input, CollectedFile& out) {
  out.path = input.file.path;
  out.modified = last_modified_day(root_of(input.file), input.file.path);
  Collector sink(input.file.path, out.data);
  if (auto bytes = MappedFile::open(input.file.disk); bytes) {
    out.digest = Digest::sha256_of(bytes->bytes()).text();
  }
  if (const Status status = input.feed->read(input.file, sink); !status) {
    ++out.data.problem_count;
    out.data.problems.push_back(status.error());
  } else {
    out.read = true;
  }
}

std::vector<std::string> names_of(const std::vector<InputFile>& inputs) {
  std::set<std::string> names;
  for (const InputFile& input : inputs) names.emplace(input.feed->name);
  return {names.begin(), names.end()};
}

std::vector<CollectedFile> read_inputs(const std::vector<InputFile>& inputs, const std::vector<std::string>& feeds,
                                       const BuildOptions& options) {
  std::vector<CollectedFile> files(inputs.size());
  std::mutex mutex;
  const std::size_t threads = options.threads == 0 ? hardware_threads() : options.threads;
  parallel_for(inputs.size(), threads, [&](std::size_t i) {
    if (options.progress) {
      const std::lock_guard lock(mutex);
      options.progress(inputs[i].feed->name, inputs[i].file.path);
    }
    const auto place = std::ranges::lower_bound(feeds, inputs[i].feed->name);
    files[i].feed = static_cast<std::uint64_t>(place - feeds.begin());
    read_input(inputs[i], files[i]);
  });
  return files;
}

// What upstream states; else the newest day on which two records or more were changed, since single records with a date
// in the future do occur; else the newest Last-Modified that the servers gave.
std::string date_of(const std::vector<const CollectedFile*>& files) {
  std::string stated;
  std::string modified;
  std::map<std::string, std::uint64_t> days;
  for (const CollectedFile* file : files) {
    stated = std::max(stated, file->data.stated_date);
    modified = std::max(modified, file->modified);
    for (const auto& [day, count] : file->data.days) days[day] += count;
  }
  if (!stated.empty()) return stated;
  if (days.empty()) return modified;
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    if (day->second >= 2) return day->first;
  }
  return days.rbegin()->first;
}

Header make_header(const Corpus& corpus) {
  Header header;
  Hasher hasher;
  for (std::size_t i = 0; i < corpus.feeds().size(); ++i) {
    StoredFeed feed;
    feed.name = corpus.feeds()[i];
    std::vector<const CollectedFile*> files;
    for (const CollectedFile& file : corpus.files()) {
      if (file.feed != i) continue;
      files.push_back(&file);
      feed.records += file.data.count;
      feed.files.emplace_back(file.path, file.digest);
      hasher.update(feed.name + '\0' + file.path + '\0' + file.digest + '\n');
    }
    feed.date = date_of(files);
    header.built = std::max(header.built, feed.date);
    header.feeds.push_back(std::move(feed));
  }
  if (!header.built.empty()) header.built += "T00:00:00Z";
  header.digest = hasher.finish().text();
  return header;
}

struct Texts {
  std::string dictionary;
  std::vector<std::string> compressed;  // by group; empty without
};

// Every n-th group: the same ones for the same data.
std::string dictionary_for(const Corpus& corpus, const std::vector<Group>& groups, const TextExpander& expander) {
  std::vector<std::string> samples;
  const std::size_t step = groups.size() / kSamples + 1;
  for (std::size_t i = 0; i < groups.size(); i += step) {
    if (const auto details = merge_details(corpus, groups[i], expander)) {
      samples.push_back(encode(*details).substr(0, kSampleBytes));
    }
  }
  return train_dictionary(samples);
}

Texts compress_texts(const Corpus& corpus, const std::vector<Group>& groups, std::size_t threads) {
  constexpr std::size_t kBlock = 2048;
  const TextExpander expander({});
  Texts texts;
  texts.dictionary = dictionary_for(corpus, groups, expander);
  texts.compressed.resize(groups.size());
  parallel_for((groups.size() + kBlock - 1) / kBlock, threads, [&](std::size_t block) {
    TextCompressor compressor(texts.dictionary, kTextLevel);
    for (std::size_t i = block * kBlock; i < std::min(groups.size(), (block + 1) * kBlock); ++i) {
      if (const auto details = merge_details(corpus, groups[i], expander)) {
        texts.compressed[i] = compressor.compress(encode(*details));
      }
    }
  });
  return texts;
}

Status write_ecosystems(const Corpus& corpus, DatabaseWriter& writer) {
  std::map<std::string, std::set<std::string>> coverage;
  for (const CollectedFile& file : corpus.files()) {
    for (const std::string& ecosystem : file.data.ecosystems) coverage[ecosystem];
    // A file that could not be read says nothing by its silence.
    if (!file.read) continue;
    for (const std::string& ecosystem : file.data.coverage) coverage[ecosystem].insert(corpus.feeds()[file.feed]);
  }
  for (const auto& [ecosystem, feeds] : coverage) {
    OAKUM_CHECK(writer.put(Table::ecosystems, ecosystem, encode_coverage({feeds.begin(), feeds.end()})));
  }
  return {};
}

Status write_claims(const Corpus& corpus, const std::vector<ClaimReference>& claims, DatabaseWriter& writer) {
  std::string value;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    append_claim(value, corpus.name(claims[i].vulnerability), corpus.files()[claims[i].file].feed,
                 corpus.body(claims[i]));
    if (i + 1 < claims.size() && claims[i + 1].key == claims[i].key) continue;
    OAKUM_CHECK(writer.put(Table::claims, corpus.name(claims[i].key), value));
    value.clear();
  }
  return {};
}

Status write_groups(const Corpus& corpus, const std::vector<Group>& groups, const Texts& texts,
                    DatabaseWriter& writer) {
  std::map<std::string_view, std::string_view> aliases;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string_view id = corpus.name(groups[i].id);
    OAKUM_CHECK(writer.put(Table::vulnerabilities, id, encode(merge_summary(corpus, groups[i]))));
    if (!texts.compressed[i].empty()) OAKUM_CHECK(writer.put(Table::details, id, texts.compressed[i]));
    for (const std::uint32_t alias : groups[i].aliases) aliases.emplace(corpus.name(alias), id);
  }
  for (const auto& [alias, id] : aliases) OAKUM_CHECK(writer.put(Table::aliases, alias, id));
  return {};
}

Status write_lifecycles(const Corpus& corpus, DatabaseWriter& writer) {
  std::map<std::string, std::string> records;
  for (const CollectedFile& file : corpus.files()) {
    for (const LifecycleRecord& record : file.data.lifecycles) {
      records.insert_or_assign(database_key(record.product, record.cycle), encode(record));
    }
  }
  for (const auto& [key, value] : records) OAKUM_CHECK(writer.put(Table::lifecycle, key, value));
  return {};
}

std::uint64_t bytes_of(const Corpus& corpus, const std::vector<ClaimReference>& claims, const Texts& texts) {
  std::uint64_t bytes = 0;
  for (const ClaimReference& claim : claims) bytes += claim.size + 64;
  for (const std::string& text : texts.compressed) bytes += text.size() + 512;
  return bytes + corpus.name_count() * std::uint64_t{64};
}

void gather_problems(const Corpus& corpus, BuildResult& result) {
  for (const CollectedFile& file : corpus.files()) {
    result.problem_count += file.data.problem_count;
    if (!file.read) ++result.failed_files;
    for (const Error& problem : file.data.problems) {
      if (result.problems.size() < kMaxProblems) result.problems.push_back(problem);
    }
  }
}

Status write_database(const Corpus& corpus, const Header& header, const std::string& output, std::size_t threads) {
  const std::vector<ClaimReference> claims = corpus.claims();
  const std::vector<Group> groups = collect_groups(corpus, claims);
  const Texts texts = compress_texts(corpus, groups, threads);
  OAKUM_TRY(const Workshop workshop, Workshop::open(output));
  OAKUM_TRY(DatabaseWriter writer, DatabaseWriter::create(workshop, bytes_of(corpus, claims, texts)));
  if (!texts.dictionary.empty()) OAKUM_CHECK(writer.put(Table::header, "dictionary", texts.dictionary));
  OAKUM_CHECK(writer.put(Table::header, "header", encode(header)));
  OAKUM_CHECK(write_ecosystems(corpus, writer));
  OAKUM_CHECK(write_claims(corpus, claims, writer));
  OAKUM_CHECK(write_groups(corpus, groups, texts, writer));
  OAKUM_CHECK(write_lifecycles(corpus, writer));
  return writer.publish(output);
}

}  // namespace

Result<BuildResult> build_database_of(std::span<const Feed> feeds, const std::string& mirror, const std::string& output,
                                      const BuildOptions& options) {
  OAKUM_TRY(const std::vector<InputFile> inputs, find_inputs(feeds, mirror, options));
  const std::vector<std::string> names = names_of(inputs);
  const Corpus corpus(read_inputs(inputs, names, options), names);
  if (std::ranges::none_of(corpus.files(), &CollectedFile::read)) {
    Error first = corpus.files().front().data.problems.front();
    return std::unexpected(std::move(first).in(mirror + ": no feed could be read"));
  }
  const Header header = make_header(corpus);
  const std::string folder = std::filesystem::path(output).parent_path().string();
  if (!folder.empty()) OAKUM_CHECK(make_directories(folder));
  const std::size_t threads = options.threads == 0 ? hardware_threads() : options.threads;
  OAKUM_CHECK(write_database(corpus, header, output, threads));

  BuildResult result;
  gather_problems(corpus, result);
  OAKUM_TRY(const Database database, Database::open(output));
  result.info = database.info();
  return result;
}

}  // namespace oakum::advisories
