#include <algorithm>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool is_archive(std::string_view name) {
  constexpr std::string_view kEnds[] = {".tar",  ".gz",  ".tgz", ".bz2", ".tbz", ".tbz2", ".tb2", ".xz",  ".txz",
                                        ".lzma", ".tlz", ".lz",  ".Z",   ".7z",  ".tpz",  ".zst", ".tzst"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return name.ends_with(end); });
}

// What begins with a variable may well be a URL.
bool needs_add(std::string_view source) { return is_url(source) || is_archive(source) || source.starts_with('$'); }

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (target_of(instruction) == nullptr) return;
  for (const Argument& source : sources_of(instruction)) {
    if (needs_add(source.value)) continue;
    only_aliases(judge.found(dockerfile, instruction, instruction.name_span,
                             join({"ADD copies ", quoted(source.value), ", which is no archive and no URL"})),
                 {"CKV_DOCKER_4", "DL3020", "DS-0005", "KICS-9513a694"});
    return;
  }
}

// History keeps the words of the instruction; "ADD file:3f2a…" of older builders hides what it was.
void check_image(const ImageFacts& image, Judge& judge) {
  for (std::size_t i = 1; i < image.history.size(); ++i) {
    std::string_view rest = image.history[i].instruction;
    if (next_field(rest, ' ') != "ADD") continue;
    while (rest.starts_with("--")) next_field(rest, ' ');
    const std::string_view source = next_field(rest, ' ');
    if (source.empty() || needs_add(source) || source.starts_with("file:") || source.starts_with("multi:")) continue;
    only_aliases(
        judge.found(image, join({"was built with ADD of ", quoted(source), ", which is no archive and no URL"})),
        {"CIS-4.9", "CIS-DI-0009"});
  }
}

}  // namespace

extern constinit const Rule add_instead_of_copy{
    .info = checked({
        .id = "add-instead-of-copy",
        .title = "ADD where COPY does the same",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "DI",
        .aliases = "CIS-4.9 CIS-DI-0009 CKV_DOCKER_4 DL3020 DS-0005 KICS-9513a694",
        .fix = FixSafety::safe,
        .fix_summary = "write COPY",
        .why = "ADD unpacks archives and fetches URLs on its own, depending on what the name looks like. For plain "
               "files COPY does exactly what it says, so a source that changes can never turn into an unpacked archive "
               "or a download.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nADD app.py /app/\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCOPY app.py /app/\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3020 "
                      "https://docs.docker.com/reference/dockerfile/#adding-files-from-the-build-context",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::add}, .image = check_image},
};

}  // namespace oakum::rules
