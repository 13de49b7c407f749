import Foundation
import FoundationXML
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ReportPageTests {
    @Test(arguments: SampleResults.all.keys.sorted())
    func isWellFormedAndNeedsNothingElse(name: String) throws {
        let result = try #require(SampleResults.all[name])
        let text = ReportPage(result).text
        let page = try PageReader(text)
        #expect(page.elements.isDisjoint(with: ["script", "link", "img", "iframe", "object"]))
        #expect(page.attributes.isDisjoint(with: ["src", "href", "onload", "onerror", "onclick"]))
        #expect(!text.contains("url(") && !text.contains("@import"))
        #expect(page.drawings == page.described, "every drawing says what it shows")
    }

    @Test func hostileTextsStayTexts() throws {
        let hostile =
            #"'"><script>alert(1)</script><img src=x onerror="alert(2)">&amp;]]>--></style>"# + "\u{0}\u{1B}[2J\u{FFFE}"
        var result = SampleResults.saturated
        result.driver = hostile
        result.arguments = ["saturate", hostile]
        result.startedAt = hostile
        result.version = hostile
        result.warnings = [hostile]
        result.host.cpu = hostile
        result.redis.version = hostile
        result.redis.transport = hostile
        result.scenario.target.driver = .spawn(hostile)
        result.checks = [Check(condition: hostile, measured: hostile, holds: false)]
        result.saturation?.beside?.driver = hostile
        result.saturation?.probes[0].failure = hostile
        result.runs[0].label = hostile
        result.runs[0].invalid = [hostile]
        result.runs[0].redisCommands[hostile] = 3
        let page = try PageReader(ReportPage(result).text)
        #expect(page.elements.isDisjoint(with: ["script", "img"]))
        #expect(page.attributes.isDisjoint(with: ["src", "onerror"]))
        #expect(page.text.contains(#"'"><script>alert(1)</script><img src=x onerror="alert(2)">&amp;]]>--></style>"#))
    }

    @Test func putsWarningsBeforeFigures() throws {
        let text = ReportPage(SampleResults.invalid).text
        let warning = try #require(text.firstRange(of: "repeat 2 is invalid: The load generator was late"))
        let figures = try #require(text.firstRange(of: "class=\"key\""))
        let chart = try #require(text.firstRange(of: "<figure"))
        #expect(warning.lowerBound < figures.lowerBound && figures.lowerBound < chart.lowerBound)
    }

    @Test func withoutDataHasNoCharts() throws {
        let page = try PageReader(ReportPage(SampleResults.interrupted).text)
        #expect(!page.elements.contains("figure"))
        #expect(page.text.contains("Nothing was measured"))
        #expect(page.text.contains("loadtest run"))
    }

    @Test func drawsRatesOfSteps() {
        var result = SampleResults.good
        #expect(!ReportPage(result).text.contains("Latency against rate"))
        result.scenario.load.curve = .steps([10_000, 20_000], seconds: 10)
        #expect(ReportPage(result).text.contains("10 000/s p50"))
    }
}

/// What an XML parser sees in a page; throws for what is not well-formed.
private final class PageReader: NSObject, XMLParserDelegate {
    private(set) var elements: Set<String> = []
    private(set) var attributes: Set<String> = []
    private(set) var text = ""
    private(set) var drawings = 0
    /// Drawings with a text alternative, or hidden from those who need one.
    private(set) var described = 0

    init(_ page: String) throws {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        guard parser.parse() else { throw try #require(parser.parserError) }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.insert(name)
        self.attributes.formUnion(attributes.keys)
        guard name == "svg" else { return }
        drawings += 1
        if attributes["aria-label"]?.isEmpty == false || attributes["aria-hidden"] == "true" { described += 1 }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
    }
}
