#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "model/platform_defaults.h"
#include "rules/kit/base_user.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// May change everything inside a Windows container, as root may in others.
constexpr std::string_view kWindowsRoot = "ContainerAdministrator";

// Stages that are thrown away are told too, as hadolint does, but matter little.
void check_dockerfile(const Dockerfile& dockerfile, Judge& judge) {
  for (std::size_t i = 0; i < dockerfile.stages.size(); ++i) {
    const Instruction* user = last_user(dockerfile, dockerfile.stages[i]);
    if (user == nullptr || user->arguments.empty()) continue;
    const Argument& name = user->arguments.front();
    const bool shipped = i == user_stage(dockerfile);
    if (!name.known) {
      if (shipped)
        judge.could_not(origin_of(dockerfile, name.span, "USER"), stage_name(dockerfile, i),
                        join({"USER ", quoted(name.text), " depends on a variable that has no value here"}));
      continue;
    }
    if (!is_root_user(name.value)) continue;
    Finding& finding =
        judge.found(dockerfile, *user, name.span,
                    join({shipped ? "the image runs as " : "a build stage ends as ", quoted(name.value)}));
    if (shipped) {
      only_aliases(finding, {"CIS-4.1", "CIS-DI-0001", "CKV_DOCKER_8", "DL3002", "DS-0002", "KICS-67fd0c4a"});
    } else {
      only_aliases(finding, {"DL3002"});
      finding.severity = Severity::info;
    }
  }
}

void check_image(const ImageFacts& image, Judge& judge) {
  const std::string& user = image.image.config.user;
  if (!is_root_user(user)) return;
  Finding& finding = judge.found(image, join({"the image runs as ", quoted(user)}));
  only_aliases(finding, {"CIS-4.1", "CIS-DI-0001"});
}

// What the pod says and this container takes back: harmless, but the restricted standard forbids it.
void check_overridden(const Workload& workload, Judge& judge) {
  for (const Stated<std::string>* user : statements_to_judge(workload, judge, &Workload::user)) {
    if (!user->known || user == &workload.user.winner() || !is_root_user(user->value)) continue;
    Finding& finding = judge.found(workload, user->origin, "the pod runs as uid 0 what does not choose otherwise");
    only_aliases(finding, {"pss-restricted:runAsUser"});
    finding.severity = Severity::low;
  }
  for (const Stated<bool>* refused : statements_to_judge(workload, judge, &Workload::run_as_non_root)) {
    if (!refused->known || refused->value || refused == &workload.run_as_non_root.winner()) continue;
    Finding& finding = judge.found(workload, refused->origin, "the pod allows root to what does not choose otherwise");
    only_aliases(finding, {"pss-restricted:runAsNonRoot"});
    finding.severity = Severity::low;
  }
}

// runAsNonRoot makes the kubelet refuse to start what would be root (on Windows ContainerAdministrator); a uid alone is
// only a statement. Since 1.35 a pod with its own user namespace may be root inside.
void check_kubernetes(const Workload& workload, Judge& judge) {
  const bool refused = workload.run_as_non_root.is(true);
  const bool unknown =
      (workload.run_as_non_root && !workload.run_as_non_root.known()) || (workload.user && !workload.user.known());
  if (unknown) return;
  const std::optional<std::string> user = stated_user(workload);
  const bool root = user && is_root_user(*user);
  const bool own_users = workload.userns_mode.known() && !is_host(workload.userns_mode);
  const bool allowed = own_users && kubernetes_at_least(judge, 35);
  if (!allowed) check_overridden(workload, judge);
  if (refused && !root) return;
  if (root) {
    const auto told_here = statements_to_judge(workload, judge, &Workload::user);
    if (std::ranges::find(told_here, &workload.user.winner()) == told_here.end()) return;  // the pod says it
    Finding& finding =
        judge.found(workload, workload.user.origin(),
                    refused ? "asks for uid 0, which runAsNonRoot refuses: it does not start" : "runs as uid 0");
    only_aliases(finding, {"C-0013", "CKV_K8S_23", "CKV_K8S_6", "KSV-0105", "gatekeeper:K8sPSPAllowedUsers",
                           "kube-linter:run-as-non-root", "kubesec:RunAsNonRoot", "polaris:runAsRootAllowed"});
    if (!refused) add_alias(finding, "KSV-0012");
    if (!allowed) add_alias(finding, "pss-restricted:runAsUser");
    if (!allowed && !refused) add_alias(finding, "pss-restricted:runAsNonRoot");
    if (own_users || refused) finding.severity = Severity::low;
    return;
  }
  if (own_users && allowed) return;
  const Origin& where = workload.run_as_non_root ? workload.run_as_non_root.origin() : workload.origin;
  if (user) {
    Finding& finding = judge.found(workload, where,
                                   join({"only the uid ", quoted(*user), " keeps it from root: runAsNonRoot is ",
                                         workload.run_as_non_root ? "false" : "not set"}));
    only_aliases(finding, {"KSV-0012", "pss-restricted:runAsNonRoot"});
    finding.severity = Severity::low;
    return;
  }
  Finding& finding =
      judge.found(workload, where, "nothing keeps it from running as root: neither runAsNonRoot nor runAsUser is set");
  only_aliases(finding, {"C-0013", "CKV_K8S_23", "CKV_K8S_6", "KSV-0012", "kube-linter:run-as-non-root",
                         "kubesec:RunAsNonRoot", "polaris:runAsRootAllowed", "pss-restricted:runAsNonRoot"});
  finding.severity = Severity::medium;
}

void check_running(const Workload& workload, Judge& judge) {
  const KernelFacts& kernel = *workload.kernel;
  if (kernel.uids.size() < 2 || kernel.uid_in_container != 0) return;
  const Origin& where = workload.user ? workload.user.origin() : workload.origin;
  const std::string on_host = std::to_string(kernel.uids[1]);
  Finding& finding =
      judge.found(workload, where,
                  kernel.user_namespace ? join({"its first process is root inside, uid ", on_host, " on the host"})
                                        : std::string("its first process runs as root, on the host too"));
  only_aliases(finding, {"CIS-4.1"});
  if (kernel.user_namespace) finding.severity = Severity::low;
}

// Without a stated user the image decides.
void check_image_user(const Workload& workload, Judge& judge) {
  if (workload.image && !workload.image.known() && !workload.build) {
    judge.could_not(
        workload.image.origin(), workload.subject,
        join({"no user is set, and the image ", quoted(workload.image->text), " is not known here to tell its own"}));
    return;
  }
  if (!workload.image.known() || workload.image->text.empty() || workload.build) return;
  const std::optional<ImageUser> base = user_of_image(*workload.image, judge.subjects());
  if (!base) {
    judge.could_not(workload.image.origin(), workload.subject,
                    join({"no user is set and the image ", quoted(workload.image->text),
                          " is not here to tell its own; pull it, or set a user"}));
    return;
  }
  if (!base->root()) return;
  Finding& finding = judge.found(
      workload, base->by_name
                    ? join({"no user is set, and the official image ", quoted(workload.image->text),
                            " is known to start as root (it is not here to read)"})
                    : join({"no user is set, and the image ", quoted(workload.image->text), " starts as root"}));
  only_aliases(finding, {"CIS-4.1"});
  if (workload.surface != Surface::container) finding.severity = Severity::medium;
}

void check(const Workload& workload, Judge& judge) {
  if (is_kubernetes(workload)) return check_kubernetes(workload, judge);
  if (workload.kernel && !workload.kernel->uids.empty()) return check_running(workload, judge);
  if (workload.user && !workload.user.known()) return;
  const std::optional<std::string> user = stated_user(workload);
  if (!user) {
    check_image_user(workload, judge);
  } else if (is_root_user(*user) || equals_ignoring_case(*user, kWindowsRoot)) {
    Finding& finding = judge.found(workload, workload.user.origin(), join({"runs as ", quoted(*user)}));
    if (workload.surface == Surface::compose) {
      only_aliases(finding, {"CIS-4.1", "CL-0018"});
    } else {
      only_aliases(finding, {"CIS-4.1"});
    }
  }
}

}  // namespace

extern constinit const Rule user_root{
    .info = checked({
        .id = "user-root",
        .title = "the container runs as root",
        .severity = Severity::high,
        .practice = Practice::non_root,
        .surfaces = "DICKRL",
        .aliases = "C-0013 CIS-4.1 CIS-DI-0001 CKV_DOCKER_8 CKV_K8S_23 CKV_K8S_6 CL-0018 DL3002 DS-0002 KICS-67fd0c4a "
                   "KSV-0012 KSV-0105 gatekeeper:K8sPSPAllowedUsers kube-linter:run-as-non-root kubesec:RunAsNonRoot "
                   "polaris:runAsRootAllowed pss-restricted:runAsNonRoot pss-restricted:runAsUser",
        .fix = FixSafety::unsafe,
        .fix_summary = "run as a user of its own that owns the files it writes",
        .why = "Root in a container is root to the kernel unless user namespaces are in use. A bug in the program, "
               "the runtime or the kernel then ends on the host as root; under an ordinary user the same bug finds "
               "little it may touch.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    user: root\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    user: \"101:101\"\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#user "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check, .dockerfile = check_dockerfile, .image = check_image},
};

}  // namespace oakum::rules
