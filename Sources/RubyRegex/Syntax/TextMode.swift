/// What texts a pattern is compiled for.
///
/// Ruby compiles a pattern of ASCII alone twice: as US-ASCII, and again as UTF-8 when a text has more than ASCII. The
/// two differ under `i`, where Unicode lets `[[:alpha:]]` match `ss` for the sake of `ß`; and because a look-behind may
/// then have alternatives of several lengths, a pattern may be valid for the one and refused for the other.
enum TextMode: Hashable, Sendable {
    /// Texts of ASCII alone.
    case ascii
    /// All texts where the pattern itself is not of ASCII alone; otherwise those that are not.
    case unicode
}
