// One container as it is stated, requested or running: a Compose service, a container of a pod, a `docker run` line, a
// running container. Readers fill it, rules read it, writers edit it; a rule on Workload therefore works on all of
// them. A plain value without I/O. Field by field it is the table of docs/workload.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/capabilities.h"
#include "model/field.h"
#include "model/image_reference.h"
#include "model/origin.h"

namespace oakum {

// Whose defaults apply to what is not stated.
enum class Engine : std::uint8_t { docker, podman, kubernetes, oci };
std::string_view to_string(Engine engine);

struct KeyValue {
  std::string key;
  std::string value;
  bool operator==(const KeyValue&) const = default;
};

struct CommandLine {
  std::vector<std::string> arguments;  // shell form: one item, the text
  bool shell_form = false;
  bool operator==(const CommandLine&) const = default;
};

// A seccomp or AppArmor profile choice. `runtime_default` is the engine's own profile, named explicitly.
struct ProfileChoice {
  enum class Kind : std::uint8_t { runtime_default, unconfined, custom };
  Kind kind = Kind::runtime_default;
  std::string name;  // of a custom profile: file path, localhost profile, AppArmor profile name
  bool operator==(const ProfileChoice&) const = default;
};

struct SelinuxOptions {
  bool disabled = false;  // label=disable / label:disable
  std::string user, role, type, level;
  bool operator==(const SelinuxOptions&) const = default;
};

enum class MountKind : std::uint8_t {
  bind,       // a path of the host; Kubernetes hostPath
  volume,     // named or anonymous volume; Kubernetes persistentVolumeClaim
  tmpfs,      // memory; Kubernetes emptyDir with medium Memory
  empty_dir,  // Kubernetes emptyDir on disk
  ephemeral,  // Kubernetes generic ephemeral volume
  secret,     // secret files
  config,     // configuration files; Kubernetes configMap, downwardAPI
  projected,  // Kubernetes projected (may hold a service-account token)
  image,      // files of an image
  npipe,      // Windows named pipe
  cluster,    // CSI and swarm cluster volumes
  other,      // any other volume type; `type` names it
};
std::string_view to_string(MountKind kind);

struct Mount {
  MountKind kind = MountKind::volume;
  std::string type;               // the surface's own word: "bind", "hostPath", "emptyDir", "nfs", …
  std::string name;               // Kubernetes: the pod's volume that is mounted
  std::string source;             // host path, volume name, secret name; "" for anonymous volumes and tmpfs
  std::string target;             // inside the container; "" for a pod volume that this container does not mount
  std::optional<bool> read_only;  // unset: not said (read-write)
  std::string propagation;        // "rshared", "Bidirectional" is "rshared", "HostToContainer" is "rslave"; "" not said
  std::string selinux;            // "z" or "Z"; "" not said
  std::string sub_path;
  std::string host_path_type;  // Kubernetes hostPath.type
  std::optional<bool> create_host_path;
  std::vector<KeyValue> options;  // tmpfs: size, mode, noexec, …; volumes: driver options (`o`, `device`, `type`)
  // What the kernel's or the volume driver's own options make of it: the host path behind a volume that is a bind in
  // disguise (driver local, o=bind, device=/); "" otherwise.
  std::string bind_in_disguise;
  bool has_option(std::string_view key) const;
  const std::string* option(std::string_view key) const;
  bool operator==(const Mount&) const = default;
};

struct Device {
  std::string host;         // "/dev/sda", a CDI name
  std::string container;    // "" when the same
  std::string permissions;  // "rwm"; "" not said
  bool operator==(const Device&) const = default;
};

struct PublishedPort {
  std::string host_ip;                                    // "" not said: every interface
  std::uint32_t host_first = 0, host_last = 0;            // 0: the engine chooses
  std::uint32_t container_first = 0, container_last = 0;  // equal for a single port
  std::string protocol = "tcp";
  std::string text;  // as written
  bool operator==(const PublishedPort&) const = default;
};

struct EnvironmentVariable {
  enum class From : std::uint8_t { literal, host, file, secret, config_map, field };
  std::string name;
  std::optional<std::string> value;  // unset when it comes from elsewhere, or is declared without a value
  From from = From::literal;
  std::string reference;  // file path; "secret-name/key"; config map; field path
  bool operator==(const EnvironmentVariable&) const = default;
};

struct SecretMount {
  std::string name;
  std::string target;
  std::string uid, gid, mode;
  bool external = false;
  std::string file;         // the file it comes from, where said
  std::string environment;  // the variable it comes from, where said
  bool operator==(const SecretMount&) const = default;
};

struct Ulimit {
  std::string name;
  std::optional<std::int64_t> soft, hard;  // -1: unlimited
  bool operator==(const Ulimit&) const = default;
};

struct NetworkAttachment {
  std::string name;
  std::vector<std::string> aliases;
  std::string ipv4, ipv6, mac;
  bool internal = false;  // the network is declared internal
  bool external = false;  // declared elsewhere
  bool operator==(const NetworkAttachment&) const = default;
};

struct HealthCheck {
  bool disabled = false;  // NONE, disable: true, --no-healthcheck
  CommandLine test;
  std::string interval, timeout, start_period, start_interval;
  std::optional<int> retries;
  bool operator==(const HealthCheck&) const = default;
};

// Kubernetes probes and lifecycle handlers.
struct Probe {
  std::string handler;  // "exec", "httpGet", "tcpSocket", "grpc", "sleep"; "" none
  std::string port;     // number or name
  Origin port_origin;   // of the port, where said
  std::string host;     // "" not said
  Origin host_origin;   // of the host, where said
  std::string path;
  std::vector<std::string> command;
  bool operator==(const Probe&) const = default;
};

struct RestartPolicy {
  std::string name;  // "no", "always", "on-failure", "unless-stopped"; Kubernetes Always → "always", OnFailure, Never
  std::optional<int> max_retries;
  bool operator==(const RestartPolicy&) const = default;
};

struct Logging {
  std::string driver;
  std::vector<KeyValue> options;
  bool operator==(const Logging&) const = default;
};

struct Build {
  std::string context;     // as written
  std::string dockerfile;  // as written; "" not said (Dockerfile)
  std::string dockerfile_inline;
  std::string target;
  std::string network;
  bool privileged = false;
  List<KeyValue> args;
  std::vector<std::string> secrets, ssh, entitlements, platforms;
  // Index into Subjects::dockerfiles of the file read for it; nullopt when it was not read.
  std::optional<std::size_t> read;
};

struct ContainerPort {
  std::uint32_t first = 0, last = 0;
  std::string protocol = "tcp";
  std::string name;
  bool operator==(const ContainerPort&) const = default;
};

// What the kernel says of a running container's first process (proc_pid_status(5), namespaces(7), cgroups(7)).
struct KernelFacts {
  int pid = 0;                            // on the host
  std::vector<std::uint32_t> uids, gids;  // real, effective, saved, file system — as the host sees them
  std::uint32_t uid_in_container = 0;     // through uid_map
  bool user_namespace = false;            // uid_map is not the identity
  CapabilityMask inheritable = 0, permitted = 0, effective = 0, bounding = 0, ambient = 0;
  bool no_new_privileges = false;
  int seccomp = 0;          // 0 disabled, 1 strict, 2 filter
  int seccomp_filters = 0;  // -1: the kernel does not say
  std::string apparmor;     // attr/current; "" when there is no such module
  std::string selinux;
  bool host_pid = false, host_ipc = false, host_network = false, host_uts = false, host_user = false,
       host_cgroup = false;
  std::optional<std::uint64_t> memory_limit;  // bytes; unset: unlimited, or not readable
  std::optional<std::uint64_t> pids_limit;
  std::optional<double> cpus;
  bool root_read_only = false;
  struct MountPoint {
    std::string root, target, type, source;
    std::vector<std::string> options;  // ro, nosuid, …, shared:N
  };
  std::vector<MountPoint> mounts;
  std::vector<std::string> process_uids_root;  // command names of other processes that run as uid 0, where seen
  std::vector<std::string> unreadable;         // what could not be read, with the reason: never taken for "safe"
};

// What a pod says for all its containers, and what only Kubernetes has.
struct PodFacts {
  std::string kind;  // "Deployment", "Pod", "CronJob", …
  std::string api_version;
  std::string object;      // metadata.name
  std::string name_space;  // "" not said
  enum class Role : std::uint8_t { main, init, sidecar, ephemeral } role = Role::main;
  std::vector<KeyValue> labels;    // of the pod template
  std::vector<KeyValue> selector;  // matchLabels of the controller
  Field<std::string> service_account;
  Field<bool> automount_token;
  Field<std::int64_t> replicas;
  Field<std::int64_t> fs_group;
  Field<bool> host_aliases;
  Field<bool> windows_host_process;
  Field<std::string> os;
  Field<std::string> node_name, priority_class;
  Field<bool> security_context_pod, security_context_container;  // stated at all
  // The pod's volumes, also those that this container does not mount; target is "". The origin is that of a hostPath's
  // path, else of the key of the volume's type. (Workload::mounts has the origins of the container's mountPaths.)
  List<Mount> volumes;
  Origin pod_spec;  // of the pod spec: where a pod-level key would be added
};

struct Workload {
  Surface surface = Surface::compose;
  Engine engine = Engine::docker;
  std::string name;  // "web"
  std::string
      subject;    // how messages call it: `service "web"`, `container "app" of Deployment "shop"`, `docker run nginx`
  Origin origin;  // of the whole: its key or command word; where what is missing is reported

  Field<std::string> container_name;
  Field<ImageReference> image;
  Field<std::string> pull_policy;
  Field<std::string> platform;
  Field<CommandLine> entrypoint;
  Field<CommandLine> command;
  Field<std::string> working_dir;

  // Identity
  Field<std::string> user;   // name or number as written, without the group
  Field<std::string> group;  // after ':', or runAsGroup
  Field<bool> run_as_non_root;
  List<std::string> extra_groups;

  // Privilege
  Field<bool> privileged;
  List<std::string> cap_add;  // as written: use canonical_capability()
  List<std::string> cap_drop;
  Field<bool> no_new_privileges;  // Kubernetes: allowPrivilegeEscalation, negated
  Field<ProfileChoice> seccomp;
  Field<ProfileChoice> apparmor;
  Field<SelinuxOptions> selinux;
  Field<bool> unmasked_paths;  // systempaths=unconfined, procMount: Unmasked, MaskedPaths [] in the API
  Field<std::vector<std::string>> masked_paths, readonly_paths;
  List<std::string> security_opt;  // as written, also those understood above (unknown ones are only here)

  // File system
  Field<bool> read_only;
  List<Mount> mounts;  // binds, volumes, tmpfs and all others
  List<std::string> volumes_from;
  List<SecretMount> secrets;
  List<SecretMount> configs;
  List<Device> devices;
  List<std::string> device_cgroup_rules;
  List<std::string> device_requests;  // gpus
  Field<std::string> storage_driver_options;

  // Namespaces, in Docker's words: "host", "private", "container:ID", "service:NAME", "none", "shareable", "keep-id", …
  Field<std::string> pid_mode;
  Field<std::string> ipc_mode;
  Field<std::string> network_mode;
  Field<std::string> uts_mode;
  Field<std::string> userns_mode;
  Field<std::string> cgroupns_mode;
  Field<std::string> cgroup_parent;
  Field<bool> share_process_namespace;

  // Network
  List<NetworkAttachment> networks;
  List<PublishedPort> ports;  // Kubernetes hostPort too
  Field<bool> publish_all;
  List<ContainerPort> exposed;
  List<std::string> dns, dns_options, extra_hosts, links;
  Field<std::string> hostname;

  // Resources: bytes, cores, counts
  Field<std::int64_t> memory;              // 0 or less: unlimited, as the engines read it
  Field<std::int64_t> memory_swap;         // memory plus swap; -1: unlimited
  Field<std::int64_t> memory_reservation;  // Kubernetes request
  Field<double> cpus;
  Field<double> cpu_reservation;  // Kubernetes request
  Field<std::int64_t> cpu_shares;
  Field<std::string> cpuset;
  Field<std::int64_t> pids_limit;  // 0 or less: unlimited
  Field<std::int64_t> ephemeral_storage, ephemeral_storage_request;
  Field<bool> oom_kill_disable;
  Field<std::int64_t> oom_score_adj;
  List<Ulimit> ulimits;
  Field<std::int64_t> shm_size;
  Field<std::string> blkio_weight;
  List<KeyValue> sysctls;

  // Environment
  List<EnvironmentVariable> environment;
  List<std::string> env_files;
  List<KeyValue> labels;
  List<KeyValue> annotations;

  // Life
  Field<HealthCheck> healthcheck;
  Field<Probe> liveness, readiness, startup, post_start, pre_stop;
  Field<RestartPolicy> restart;
  Field<bool> init;
  Field<std::string> stop_signal, stop_grace_period;
  Field<Logging> logging;
  Field<std::string> runtime;
  Field<bool> tty, stdin_open, remove;
  List<std::string> depends_on;
  List<std::string> profiles;
  Field<std::int64_t> replicas;
  Field<Build> build;

  std::optional<PodFacts> pod;        // Kubernetes only
  std::optional<KernelFacts> kernel;  // running containers only

  // What the surface says beyond this model: key (path) and text. Kept so that a writer never drops it and a guard can
  // refuse what it does not know.
  List<KeyValue> unmodelled;
};

}  // namespace oakum
