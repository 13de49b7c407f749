/// Many samples, judged by Ruby and by ours.
struct OracleRun {
    private(set) var pairs = 0
    private(set) var validPatterns = 0
    private(set) var patterns = 0
    private(set) var matched = 0
    /// Pairs on which one side gave no answer; they are not compared.
    private(set) var rubyGaveUp = 0
    private(set) var oursGaveUp = 0
    private(set) var differences: [Difference] = []

    let ruby: RubyOracle
    private let ours = OurJudge()
    private var generator: SampleGenerator
    private static let textsPerPattern = 4
    /// Answers of Ruby to so many patterns fit into a pipe.
    private static let batch = 200

    /// So many differences end a run.
    let limit: Int

    init(seed: UInt64, limit: Int) throws {
        self.limit = limit
        ruby = try RubyOracle()
        generator = SampleGenerator(seed: seed)
    }

    /// Ends early where there are too many differences.
    mutating func run(pairs wanted: Int) throws {
        while pairs < wanted, differences.count < limit {
            let samples = (0..<Self.batch).map { _ in generator.next(texts: Self.textsPerPattern) }
            var own: [OurAnswer] = []
            let answers = try ruby.judge(samples[...]) { own = samples.map { ours.judge($0) } }
            for ((sample, answer), own) in zip(zip(samples, answers), own) { count(sample, answer, own) }
        }
    }

    private mutating func count(_ sample: Sample, _ answer: RubyAnswer, _ own: OurAnswer) {
        patterns += 1
        if case .matches(let results) = answer {
            validPatterns += 1
            pairs += results.count
            matched += results.count { $0 == true }
            rubyGaveUp += results.count { $0 == nil }
        } else {
            pairs += 1
            if answer == .silent { rubyGaveUp += 1 }
        }
        switch own {
        case .matches(let results): oursGaveUp += results.count { $0 == nil }
        case .tooLarge: oursGaveUp += 1
        case .refused: break
        }
        differences += Difference.all(of: sample, ruby: answer, ours: own)
    }

    /// The differences, each made small, those that came down to the same once.
    func shrunkDifferences() throws -> [Difference] {
        let shrinker = Shrinker(ruby: ruby, ours: ours)
        var small: [Difference] = []
        for difference in differences {
            let shrunk = try shrinker.shrink(difference)
            if !small.contains(shrunk) { small.append(shrunk) }
        }
        return small
    }

    var summary: String {
        """
        \(pairs) pairs, \(patterns) patterns (\(100 * validPatterns / max(1, patterns)) % valid), \
        \(100 * matched / max(1, pairs)) % matched; without an answer: Ruby \(rubyGaveUp), ours \(oursGaveUp); \
        \(differences.count) differences
        """
    }
}
