import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct NumberTextTests {
    @Test func ratesAreRead() throws {
        #expect(try NumberText.rate("20000") == 20_000)
        #expect(try NumberText.rate("20k") == 20_000)
        #expect(try NumberText.rate("1.5M") == 1_500_000)
        #expect(try NumberText.rate("0.5") == 0.5)
    }

    @Test(arguments: ["", "k", "-1", "0", "1e3", "20K", "11M", "1,5k", "0x10", "nan", "inf", " 5", "1.", ".5"])
    func whatIsNoRateIsRefused(text: String) {
        let error = #expect(throws: ScenarioError.self) { try NumberText.rate(text) }
        #expect(error?.description.contains("'\(text)'") == true)
    }

    @Test func sharesAreRead() throws {
        #expect(try NumberText.share("10%") == 0.1)
        #expect(try NumberText.share("0.1") == 0.1)
        #expect(try NumberText.share("100%") == 1)
        #expect(try NumberText.share("0") == 0)
    }

    @Test(arguments: ["", "%", "101%", "1.1", "-5%", "10 %"]) func whatIsNoShareIsRefused(text: String) {
        #expect(throws: ScenarioError("'\(text)' is not a share; write 0% to 100%, or 0 to 1.")) {
            try NumberText.share(text)
        }
    }

    @Test func durationsAreRead() throws {
        #expect(try NumberText.seconds("500ms") == 0.5)
        #expect(try NumberText.seconds("1m30s") == 90)
        #expect(throws: ScenarioError("'20' has no unit; write 20s for seconds or 20m for minutes.")) {
            try NumberText.seconds("20")
        }
        #expect(throws: ScenarioError("'0s' is no time at all; choose a longer one.")) { try NumberText.seconds("0s") }
    }

    @Test func payloadsAreRead() throws {
        #expect(try NumberText.payload("512") == .fixed(512))
        #expect(try NumberText.payload("lognormal:400:1.0") == .lognormal(median: 400, sigma: 1))
    }

    @Test(arguments: ["", "1.5", "lognormal", "lognormal:1", "lognormal:a:b", "normal:1:1", "lognormal:1:1:1"])
    func whatIsNoPayloadIsRefused(text: String) {
        #expect(throws: ScenarioError.self) { try NumberText.payload(text) }
    }

    @Test func curvesAreRead() throws {
        #expect(try RateCurve(rate: "5k") == .constant(5_000))
        #expect(try RateCurve(ramp: "1k:50k:60s") == .ramp(from: 1_000, to: 50_000, seconds: 60))
        #expect(try RateCurve(steps: "5k,10k,20k:15s") == .steps([5_000, 10_000, 20_000], seconds: 15))
    }

    @Test(arguments: ["", "1k", "1k:2k", "1k:2k:3", "1k:2k:3s:4", ":2k:3s"]) func whatIsNoRampIsRefused(text: String) {
        #expect(throws: ScenarioError.self) { try RateCurve(ramp: text) }
    }

    @Test(arguments: ["", ":15s", "5k", "5k,:15s", "5k:15"]) func whatAreNoStepsIsRefused(text: String) {
        #expect(throws: ScenarioError.self) { try RateCurve(steps: text) }
    }

    @Test func driversAreRead() throws {
        #expect(try Scenario.Driver("busdriver") == .busdriver)
        #expect(try Scenario.Driver("external") == .external)
        #expect(try Scenario.Driver("spawn:rake queuebus:driver: x") == .spawn("rake queuebus:driver: x"))
        for text in ["", "ruby", "spawn", "spawn: "] {
            #expect(throws: ScenarioError("'\(text)' is not a driver; write busdriver, external or spawn:'COMMAND'.")) {
                try Scenario.Driver(text)
            }
        }
    }

    @Test func latenciesAreRead() {
        #expect(LatencyText.microseconds("300us") == 300)
        #expect(LatencyText.microseconds("1.5ms") == 1_500)
        #expect(LatencyText.microseconds("2s") == 2_000_000)
        #expect(LatencyText.microseconds("2") == nil)
    }
}
