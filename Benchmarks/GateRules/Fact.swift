/// What else than this project's source decides about a figure.
package enum Fact: String, CaseIterable, Sendable {
    case swift = "Swift"
    case redis = "Redis"
    case hiredis
    case libc
    case valgrind
    /// The architecture, and whether it has AVX2: valgrind shows a program one fixed processor of that class, whatever
    /// the real one is, and by it libc chooses its memcpy.
    case processor
}
