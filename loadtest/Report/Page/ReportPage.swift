/// `report.html`: a result at a glance and in full, in one file that needs no network and no script.
struct ReportPage {
    private let result: TestResult
    private let summary: Summary
    private let verdict: Verdict

    init(_ result: TestResult) {
        self.result = result
        summary = Summary(result)
        verdict = Verdict(result)
    }

    /// The page's text; well-formed XML too, apart from the document type.
    var text: String {
        let page = element("html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"]) {
            element("head") {
                element("meta", ["charset": "utf-8"])
                element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                element("meta", ["name": "color-scheme", "content": "light dark"])
                element("title", "\(verdict.word): \(verdict.headline)")
                element("style") { PageStyle.markup }
            }
            element("body") {
                element("main") {
                    head
                    warnings
                    KeyFigures(result, summary).markup
                    thresholds
                    charts
                    FigureTables(result, summary).markup
                    Surroundings(result).markup
                    limits
                }
            }
        }
        return "<!DOCTYPE html>\n\(page.source)\n"
    }

    private var head: Markup {
        element("header") {
            element("p", ["class": "verdict \(verdict.tone.rawValue)"], verdict.word)
            element("h1", Quantity.unbroken(verdict.headline))
            element("p", ["class": "what"]) {
                "loadtest \(result.command.rawValue) of "
                element("code", result.driver)
                ", "
                element("time", ["datetime": result.startedAt], result.startedAt)
            }
        }
    }

    private var warnings: Markup {
        let sentences = Verdict.warnings(of: result)
        guard !sentences.isEmpty else { return .nothing }
        return element("section", ["class": "warnings"]) {
            element("h2", sentences.count == 1 ? "A warning" : "\(sentences.count) warnings")
            element("ul") {
                for sentence in sentences { element("li", sentence) }
            }
        }
    }

    private var thresholds: Markup {
        guard !result.checks.isEmpty else { return .nothing }
        return element("section") {
            element("h2", "Thresholds")
            PageTable(
                columns: [("", .text), ("condition", .text), ("measured", .text)],
                rows: result.checks.sorted { !$0.holds && $1.holds }.map { check in
                    [check.holds ? "✓ holds" : "✗ missed", check.condition, check.measured]
                }
            ).markup
        }
    }

    private var charts: Markup {
        let figures = [
            RateAgainstLatency.figure(result), PercentileChart.figure(result), LatencyOverTime.figure(result),
            ThroughputOverTime.figure(result), ResourcesOverTime.figure(result), ProcessorTime.figure(result),
        ].compactMap(\.self)
        guard !figures.isEmpty else { return .nothing }
        return element("section", ["class": "charts"]) {
            for figure in figures { figure.markup }
        }
    }

    private var limits: Markup {
        element("section") {
            element("h2", "What these figures do not say")
            element(
                "p", ["class": "prose"],
                """
                Load generator, Redis, driver and riders share \(result.host.cores) cores where they run on one machine, so absolute \
                figures are lower bounds and cannot be compared between machines. Transport (here \(result.redis.transport)), \
                append-only file (\(result.redis.appendOnly)) and maxmemory policy (\(result.redis.maxmemoryPolicy)) change them by \
                more than 20 % each. Percentiles with fewer than ten samples beyond are n/a, because chance would decide them.
                """)
        }
    }
}
