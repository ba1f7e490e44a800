# Every library is Debian's, behind an oakum:: target whose headers count as system headers,
# so that our warnings judge our code alone.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

function(oakum_pkgconfig name module)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${module})
  add_library(oakum_dep_${name} INTERFACE)
  target_link_libraries(oakum_dep_${name} INTERFACE PkgConfig::${name})
  set_target_properties(PkgConfig::${name} PROPERTIES IMPORTED_NO_SYSTEM FALSE)
  add_library(oakum::${name} ALIAS oakum_dep_${name})
endfunction()

oakum_pkgconfig(fmt fmt)
oakum_pkgconfig(openssl libcrypto)
oakum_pkgconfig(isal libisal)
oakum_pkgconfig(lzma liblzma)
oakum_pkgconfig(seccomp libseccomp)
oakum_pkgconfig(simdjson simdjson)

# Put into the binary where Debian has the archive: mapping a library and looking up its symbols is most of what a start
# costs.
function(oakum_archive name module archive)
  find_library(${name}_ARCHIVE NAMES lib${archive}.a)
  if(NOT ${name}_ARCHIVE)
    oakum_pkgconfig(${name} ${module})
    return()
  endif()
  pkg_check_modules(${name} REQUIRED ${module})
  add_library(oakum_dep_${name} INTERFACE)
  target_include_directories(oakum_dep_${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIRS})
  target_link_libraries(oakum_dep_${name} INTERFACE ${${name}_ARCHIVE} Threads::Threads m ${CMAKE_DL_LIBS})
  add_library(oakum::${name} ALIAS oakum_dep_${name})
endfunction()

oakum_archive(fyaml libfyaml fyaml)
oakum_archive(lmdb lmdb lmdb)
oakum_archive(pugixml pugixml pugixml)
oakum_archive(sqlite sqlite3 sqlite3)
oakum_archive(zstd libzstd zstd)

# Headers alone: their functions are looked up when first called (src/base/shared_library.h).
function(oakum_loaded name module)
  pkg_check_modules(${name} REQUIRED ${module})
  add_library(oakum_dep_${name} INTERFACE)
  target_include_directories(oakum_dep_${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIRS})
  target_link_libraries(oakum_dep_${name} INTERFACE ${CMAKE_DL_LIBS})
  add_library(oakum::${name} ALIAS oakum_dep_${name})
endfunction()

oakum_loaded(curl libcurl)
oakum_loaded(archive libarchive)

find_package(BZip2 REQUIRED)
add_library(oakum_dep_bzip2 INTERFACE)
target_link_libraries(oakum_dep_bzip2 INTERFACE BZip2::BZip2)
add_library(oakum::bzip2 ALIAS oakum_dep_bzip2)

# The program's allocator: a check makes millions of small things on all threads, and the C library's took a sixth of its
# time. Sanitizers bring their own.
add_library(oakum_dep_allocator INTERFACE)
if(NOT OAKUM_SANITIZE AND NOT OAKUM_FUZZ)
  find_library(MIMALLOC NAMES mimalloc REQUIRED)
  target_link_libraries(oakum_dep_allocator INTERFACE ${MIMALLOC})
endif()
add_library(oakum::allocator ALIAS oakum_dep_allocator)

find_package(nlohmann_json REQUIRED)
add_library(oakum_dep_json INTERFACE)
target_link_libraries(oakum_dep_json INTERFACE nlohmann_json::nlohmann_json)
add_library(oakum::json ALIAS oakum_dep_json)

find_package(CLI11 REQUIRED)
add_library(oakum_dep_cli11 INTERFACE)
target_link_libraries(oakum_dep_cli11 INTERFACE CLI11::CLI11)
add_library(oakum::cli11 ALIAS oakum_dep_cli11)

if(OAKUM_TESTS)
  find_package(GTest REQUIRED)
  enable_testing()
endif()
if(OAKUM_BENCH)
  find_package(benchmark REQUIRED)
endif()
