# What every target of this project is built with, and nothing else's.

# A target of ours: strict C17, hidden symbols, our warnings, the preset's instruments.
function(demarche_target target)
  target_compile_features(${target} PRIVATE c_std_17)
  set_target_properties(${target} PROPERTIES
    C_EXTENSIONS OFF
    C_VISIBILITY_PRESET hidden
    POSITION_INDEPENDENT_CODE ON
    INTERPROCEDURAL_OPTIMIZATION "${DEMARCHE_LTO}")
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wcast-qual -Wswitch-enum -Wvla
    $<$<BOOL:${DEMARCHE_WARNINGS_AS_ERRORS}>:-Werror>
    # Rows are a few words long: neither a call of memcpy nor a vector pays.
    $<$<C_COMPILER_ID:GNU>:-fno-tree-loop-distribute-patterns -fno-tree-vectorize>)
  if(DEMARCHE_LTO AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -ffat-lto-objects) # The library is for any compiler.
  endif()
  if(DEMARCHE_SANITIZE)
    target_compile_options(${target} PRIVATE
      -fsanitize=${DEMARCHE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
      # gcc loses track of what is set in instrumented code.
      $<$<C_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(${target} PRIVATE -fsanitize=${DEMARCHE_SANITIZE})
  endif()
  if(DEMARCHE_COVERAGE)
    target_compile_options(${target} PRIVATE --coverage)
    target_link_options(${target} PRIVATE --coverage)
  endif()
endfunction()
