import ArgumentParser
import Foundation

/// `script/bench match` and `script/bench wire`: what needs no Redis.
@main
struct PureBenchmarks: ParsableCommand {
    /// Which of the pure parts.
    enum Part: String, ExpressibleByArgument, CaseIterable {
        case match, wire
    }

    @Argument var part: Part
    @Option(help: "Also write the figures to this file.") var json: String?

    func run() throws {
        let figures =
            switch part {
            case .match: matchBenchmark()
            case .wire: wireBenchmark()
            }
        print(Figure.heading)
        for figure in figures { print(figure.line) }
        if let json {
            let text = #"{"benchmark":"\#(part)","results":[\#(figures.map(\.json).joined(separator: ","))]}"#
            try (text + "\n").write(toFile: json, atomically: true, encoding: .utf8)
        }
    }
}
