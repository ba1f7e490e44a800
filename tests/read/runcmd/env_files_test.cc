#include "read/runcmd/env_files.h"

#include <map>

#include <gtest/gtest.h>

#include "read/runcmd/lines.h"

namespace oakum::runcmd {
namespace {

Subjects with_files(std::string_view line, const std::string& directory,
                    const std::map<std::string, std::string>& files) {
  Subjects subjects = read_text(line);
  const ReadFile read = [&](const std::string& path) -> Result<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return fail(ErrorCode::not_found, path, "is not there", {});
    return found->second;
  };
  read_env_files(read, directory, 0, subjects);
  return subjects;
}

std::string shown(const Subjects& subjects, const Workload& workload) {
  std::string text;
  for (const auto& [variable, origin, known] : workload.environment) {
    const Source* source = subjects.source(origin.source);
    text += variable.name + "=" + variable.value.value_or("?") + " " + source->name + ":" +
            std::to_string(origin.span.line) + ":" + std::to_string(origin.span.column) + "\n";
  }
  return text;
}

TEST(EnvFiles, SetWhatTheLineDoesNot) {
  const Subjects subjects =
      with_files("docker run --env-file a.env -e B=line --env-file=b.env nginx", "deploy",
                 {{"deploy/a.env", "\xEF\xBB\xBF# A=no\nA=1\nB=file\nD=\"quoted\" # kept\r\n  A=2\n"},
                  {"deploy/b.env", "HOST\nC=3\nno name=x\n=y\nA=last"}});
  EXPECT_EQ(errors_of(subjects), "");
  EXPECT_TRUE(subjects.not_evaluated.empty());
  EXPECT_EQ(shown(subjects, subjects.workloads.at(0)),
            "B=line t:1:32\nD=\"quoted\" # kept deploy/a.env:4:1\nHOST=? deploy/b.env:1:1\n"
            "C=3 deploy/b.env:2:1\nA=last deploy/b.env:5:1\n");
  EXPECT_EQ(subjects.workloads[0].environment.items[1].value.from, EnvironmentVariable::From::file);
  EXPECT_EQ(subjects.workloads[0].environment.items[2].value.from, EnvironmentVariable::From::host);
}

TEST(EnvFiles, AreLookedForBesideTheScriptThenHere) {
  const Subjects subjects = with_files("docker run --env-file x.env --env-file /etc/y.env nginx", "deploy",
                                       {{"x.env", "A=here"}, {"/etc/y.env", "B=absolute"}});
  EXPECT_EQ(shown(subjects, subjects.workloads.at(0)), "A=here x.env:1:1\nB=absolute /etc/y.env:1:1\n");
}

TEST(EnvFiles, ThatAreNotThereAreNotEvaluated) {
  const Subjects subjects = with_files("docker run --env-file gone.env --env-file $FILE nginx", ".", {});
  EXPECT_EQ(errors_of(subjects), "");
  ASSERT_EQ(subjects.not_evaluated.size(), 1U);
  EXPECT_EQ(subjects.not_evaluated[0].why, "--env-file \"gone.env\" is not here to read");
  EXPECT_EQ(pointed(subjects, subjects.not_evaluated[0].origin), "1:23 gone.env");
  EXPECT_TRUE(subjects.workloads.at(0).environment.empty());
}

}  // namespace
}  // namespace oakum::runcmd
