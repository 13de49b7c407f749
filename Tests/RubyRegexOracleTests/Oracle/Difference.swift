/// Where our engine and Ruby do not agree: about a pattern, or about one text.
struct Difference: Hashable {
    enum Kind: Hashable {
        case validity
        case match
    }

    var kind: Kind
    /// With the text that differs, or none where validity does.
    var sample: Sample
    var ruby: String
    var ours: String

    /// The differences of one sample: that of validity, or those of its texts. What either side did not answer is none.
    static func all(of sample: Sample, ruby: RubyAnswer, ours: OurAnswer) -> [Difference] {
        let bare = Sample(pattern: sample.pattern, texts: [])
        switch (ruby, ours) {
        case (.silent, _), (_, .tooLarge), (.refused, .refused): return []
        case (.refused(let reason), .matches):
            return [Difference(kind: .validity, sample: bare, ruby: "refused: \(reason)", ours: "valid")]
        case (.matches, .refused(let reason)):
            return [Difference(kind: .validity, sample: bare, ruby: "valid", ours: "refused: \(reason)")]
        case (.matches(let theirs), .matches(let ours)):
            return zip(sample.texts, zip(theirs, ours)).compactMap { text, answers in
                guard let ruby = answers.0, let own = answers.1, ruby != own else { return nil }
                return Difference(
                    kind: .match, sample: Sample(pattern: sample.pattern, texts: [text]), ruby: "\(ruby)",
                    ours: "\(own)")
            }
        }
    }
}
