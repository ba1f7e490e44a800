// ARG and ENV variables, as they stand at one place of the file.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace oakum::dockerfile {

struct Variable {
  std::string value;
  bool set = true;    // false: ARG without default and without value from outside
  bool known = true;  // false: `value` holds variables as they were written
  bool env = false;   // ENV wins over ARG
};

class Scope {
 public:
  // `parent`: of the stage that FROM names; it must outlive this one. `closed`: nothing outside the file (a base
  // image's ENV) can set a variable here, so what is not found is empty.
  explicit Scope(const Scope* parent = nullptr, bool closed = false) : parent_(parent), closed_(closed) {}
  const Variable* find(std::string_view name) const;  // nullptr: not heard of
  void set(const std::string& name, Variable variable);
  bool closed() const { return closed_; }

 private:
  std::unordered_map<std::string, Variable> own_;
  const Scope* parent_;
  bool closed_;
};

// Proxy and platform arguments that exist without ARG: https://docs.docker.com/build/building/variables/
bool is_predefined(std::string_view name);
bool is_platform_argument(std::string_view name);  // those that FROM may use

}  // namespace oakum::dockerfile
