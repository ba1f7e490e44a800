// Objects that are no pods.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read/kubernetes/reading.h"

namespace oakum::kubernetes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

KubernetesObject object_of(std::string_view text) {
  Subjects subjects = read_well(text);
  return subjects.objects.empty() ? KubernetesObject() : std::move(subjects.objects.front());
}

std::vector<std::string> values(const List<std::string>& list) {
  std::vector<std::string> result;
  for (const auto& item : list) result.push_back(item.value);
  return result;
}

TEST(Objects, RolesAndBindings) {
  const KubernetesObject role = object_of(R"(apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ops}
rules:
  - apiGroups: ["", apps]
    resources: [pods/exec]
    verbs: [create]
    resourceNames: [one]
  - nonResourceURLs: [/metrics]
    verbs: [get]
)");
  ASSERT_THAT(role.rules, SizeIs(2));
  EXPECT_THAT(values(role.rules[0].api_groups), ElementsAre("", "apps"));
  EXPECT_THAT(values(role.rules[0].resources), ElementsAre("pods/exec"));
  EXPECT_THAT(values(role.rules[0].resource_names), ElementsAre("one"));
  EXPECT_EQ(place(role.rules[0].resources.items[0].origin), "6:17");
  EXPECT_THAT(values(role.rules[1].non_resource_urls), ElementsAre("/metrics"));

  const KubernetesObject binding = object_of(R"(apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ops}
roleRef: {kind: ClusterRole, name: admin}
subjects:
  - {kind: ServiceAccount, name: ci, namespace: build}
)");
  EXPECT_EQ(binding.role->name, "admin");
  EXPECT_EQ(binding.subjects.items.at(0).value.name_space, "build");
}

TEST(Objects, NetworkPolicyThatLeavesOutNobody) {
  struct Case {
    std::string_view rules;
    bool open;
  };
  constexpr Case kCases[] = {
      {"[{}]", true},
      {"[{from: []}]", true},
      {"[{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]", true},
      {"[{from: [{ipBlock: {cidr: '::/0'}}], ports: []}]", true},
      {"[]", false},
      {"[{ports: [{port: 80}]}]", false},
      {"[{from: [{podSelector: {}}]}]", false},
      {"[{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]", false},
      {"[{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]", false},
      {"[{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 80}]}]", false},
  };
  for (const Case& one : kCases) {
    const KubernetesObject policy =
        object_of("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec:\n  ingress: " +
                  std::string(one.rules) + "\n");
    EXPECT_EQ(policy.allows_all_ingress, one.open) << one.rules;
    EXPECT_EQ(place(policy.all_ingress), one.open ? "5:13" : "0:0") << one.rules;
  }
}

TEST(Objects, NetworkPolicyWithExpressions) {
  const KubernetesObject policy = object_of(R"(apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a}
spec:
  podSelector:
    matchExpressions:
      - {key: tier, operator: NotIn, values: [db]}
  policyTypes: [Ingress]
  ingress: [{}]
  egress: [{to: [{podSelector: {}}]}]
)");
  EXPECT_TRUE(policy.allows_all_ingress);
  EXPECT_FALSE(policy.allows_all_egress);
  EXPECT_TRUE(policy.selector.matches({{"tier", "web"}}));
  EXPECT_TRUE(policy.selector.matches({}));
  EXPECT_FALSE(policy.selector.matches({{"tier", "db"}}));
}

TEST(Objects, ServiceAndIngress) {
  const KubernetesObject service = object_of(R"(apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  externalIPs: [203.0.113.7]
  ports: [{name: http, port: 80, targetPort: web, nodePort: 30080}]
)");
  EXPECT_TRUE(service.service_type.is("NodePort"));
  EXPECT_THAT(values(service.external_ips), ElementsAre("203.0.113.7"));
  EXPECT_EQ(service.service_ports.items.at(0).value.node_port, 30080U);
  EXPECT_TRUE(service.selector.matches({{"app", "web"}, {"x", "y"}}));
  EXPECT_FALSE(service.selector.matches({{"app", "db"}}));

  const KubernetesObject ingress = object_of(R"(apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [a.example], secretName: t}]
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  rules:
    - host: a.example
      http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}]}
)");
  EXPECT_TRUE(ingress.ingress_tls);
  EXPECT_THAT(values(ingress.ingress_hosts), ElementsAre("a.example"));
  EXPECT_THAT(values(ingress.ingress_backends), ElementsAre("fallback", "web"));
}

TEST(Objects, KindsAreToldApartByGroup) {
  const KubernetesObject service =
      object_of("apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}\nspec: {type: NodePort}\n");
  EXPECT_FALSE(service.service_type);
}

TEST(Objects, SecretsAreDecodedWhereTheyAreText) {
  const KubernetesObject secret = object_of(R"(apiVersion: v1
kind: Secret
metadata: {name: db}
data:
  password: aHVudGVyMg==
  key: AAEC
stringData: {user: shop}
)");
  ASSERT_THAT(secret.data.items, SizeIs(3));
  EXPECT_EQ(secret.data.items[0].value, (KeyValue{"password", "hunter2"}));
  EXPECT_EQ(secret.data.items[1].value, (KeyValue{"key", "AAEC"}));
  EXPECT_EQ(secret.data.items[2].value, (KeyValue{"user", "shop"}));
  EXPECT_THAT(secret.scalars.items, SizeIs(3));  // apiVersion, kind, metadata.name: never the data
}

TEST(Objects, SecretsThatAreNoBase64AreTold) {
  const Subjects subjects = read_text("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {x: \"***\"}\n");
  ASSERT_THAT(subjects.errors, SizeIs(1));
  EXPECT_THAT(subjects.errors[0].why, testing::HasSubstr("base64"));
}

TEST(Objects, ScalarsHavePaths) {
  const KubernetesObject budget = object_of(R"(apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: a, labels: {app.kubernetes.io/name: x}}
spec:
  maxUnavailable: 0
  list: [{deep: yes}]
)");
  ASSERT_NE(budget.scalar("spec.maxUnavailable"), nullptr);
  EXPECT_EQ(place(budget.scalar("spec.maxUnavailable")->origin), "5:19");
  EXPECT_EQ(budget.scalar("spec.list[0].deep")->value.value, "yes");
  EXPECT_EQ(budget.scalar("metadata.labels[\"app.kubernetes.io/name\"]")->value.value, "x");
  EXPECT_EQ(budget.scalar("spec.minAvailable"), nullptr);
}

TEST(Objects, ServiceAccountsMayWithholdTheirToken) {
  EXPECT_TRUE(
      object_of("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\nautomountServiceAccountToken: false\n")
          .automount_token.is(false));
}

// A key of a megabyte above ten thousand values would make ten gigabytes of paths.
TEST(Objects, LongKeysDoNotMakeLongPaths) {
  std::string text = "apiVersion: v1\nkind: Thing\n? " + std::string(100'000, 'k') + "\n:\n";
  for (int i = 0; i < 1000; ++i) text += "  a" + std::to_string(i) + ": 1\n";
  const Subjects subjects = read_text(text);
  for (const KubernetesObject& object : subjects.objects) {
    for (const auto& scalar : object.scalars) EXPECT_LT(scalar.value.key.size(), 1000U);
  }
  EXPECT_THAT(subjects.objects, SizeIs(1));
}

}  // namespace
}  // namespace oakum::kubernetes
