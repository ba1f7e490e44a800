// Libraries that few commands need, loaded when the first of their functions is called: what they need in turn (libcurl
// alone brings thirty libraries) costs more time at start-up than a whole `oakum check` of a small file.
#pragma once

namespace oakum {

struct SharedLibrary {
  const char* file;     // "libcurl.so.4"
  const char* package;  // what to install when it is not there
};

// The address of a function. Where library or function are missing, says so on stderr and exits with status 2, as the
// dynamic linker would have done at start-up. Thread-safe. To be called before the process confines itself.
void* shared_symbol(const SharedLibrary& library, const char* name);

// The function `name` of type F, looked up once: static const auto f = shared_function<decltype(&read)>(library,
// "read").
template <class F>
F shared_function(const SharedLibrary& library, const char* name) {
  return reinterpret_cast<F>(shared_symbol(library, name));
}

}  // namespace oakum
