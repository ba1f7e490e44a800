#include "base/shared_library.h"

#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>

namespace oakum {

namespace {

[[noreturn]] void give_up(const SharedLibrary& library, const char* why) {
  std::fprintf(stderr, "oakum: %s: cannot be loaded: %s; install %s\n", library.file, why == nullptr ? "" : why,
               library.package);
  std::_Exit(2);
}

}  // namespace

void* shared_symbol(const SharedLibrary& library, const char* name) {
  // dlopen counts references and returns the same handle for the same library.
  void* handle = ::dlopen(library.file, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) give_up(library, ::dlerror());
  void* symbol = ::dlsym(handle, name);
  if (symbol == nullptr) give_up(library, ::dlerror());
  return symbol;
}

}  // namespace oakum
