import BusMatching
import BusWire
import RedisTestSupport
import Testing

@testable import BusDriver

/// Subscriptions that change one by one are what they were if all had been read at once.
@Suite(.timeLimit(.minutes(1))) struct SubscriptionChangeTests {
    @Test("Changes in any order, merged at any time, lead to the same subscriptions", arguments: 1...12)
    func agreement(seed: UInt64) {
        var random = Chance(seed: seed)
        var registry = RegistryModel()
        for _ in 0..<Int.random(in: 0...60, using: &random) { registry.change(&random) }
        _ = registry.takeAnnouncement()
        var driver = ChangedSubscriptions(registry)
        for step in 0..<40 {
            for _ in 0..<Int.random(in: 1...4, using: &random) { registry.change(&random) }
            driver.apply(registry.takeAnnouncement(), of: registry)
            driver.merge(&random)
            let events = (0..<4).map { _ in RegistryModel.event(&random) }
            let place: Comment = "seed \(seed) step \(step)"
            for event in events { #expect(driver.copies(of: event) == registry.copies(of: event), place) }
            #expect(driver.compiled.count == registry.subscriptions.count, place)
            #expect(driver.compiled.applicationCount == registry.byKey.count, place)
            #expect(driver.compiled.problemCount == registry.problemCount, place)
        }
    }

    /// Each part weighs four times what stands behind it; a few more come while the large one is merged.
    private static let mostParts = 16

    @Test("However many changes come while others are merged, parts stay few and alive", arguments: [1, 40])
    func partsStayFew(records: Int) {
        var random = Chance(seed: UInt64(records))
        var registry = RegistryModel()
        for number in 0..<100 { registry.put("app \(number)", records: records, &random) }
        var driver = ChangedSubscriptions(registry)
        _ = registry.takeAnnouncement()
        for _ in 0..<500 {
            registry.put("app \(Int.random(in: 0..<150, using: &random))", records: records, &random)
            driver.apply(registry.takeAnnouncement(), of: registry)
            // The large part takes the time of thirty changes.
            driver.merge(weight: 4 * records)
            #expect(driver.compiled.parts.count <= Self.mostParts)
            #expect(driver.freeParts.filter(\.isDueForRebuilding).count <= 1)
        }
        driver.merge(weight: .max / 2)
        #expect(driver.compiled.count == registry.subscriptions.count)
        let kept = driver.compiled.parts.reduce(0) { $0 + $1.segment.index.subscriptions.count }
        #expect(kept <= 2 * driver.compiled.count)
    }

    @Test func anApplicationThatChangesForEverLeavesNothingBehind() {
        var random = Chance(seed: 1)
        var registry = RegistryModel()
        registry.put("calm", records: 10, &random)
        var driver = ChangedSubscriptions(registry)
        _ = registry.takeAnnouncement()
        weak var former: SubscriptionSegment?
        for _ in 0..<500 {
            former = driver.compiled.parts.last?.segment
            registry.put("restless", records: 3, &random)
            driver.apply(registry.takeAnnouncement(), of: registry)
            driver.merge(weight: 1000)
            #expect(driver.compiled.parts.count == 1)
            #expect(driver.compiled.parts[0].segment.index.subscriptions.count == driver.compiled.count)
            #expect(former == nil)
        }
    }

    /// Otherwise a costly pattern would be searched for long after its record was mended.
    @Test func aPatternThatTakesASearchOfItsOwnGoesWithItsRecord() {
        var random = Chance(seed: 1)
        var registry = RegistryModel()
        for number in 0..<50 { registry.put("app \(number)", records: 10, &random) }
        registry.put("costly", [("k", RegistryModel.record(key: "k", filter: "(a+)\\1"))])
        var driver = ChangedSubscriptions(registry)
        _ = registry.takeAnnouncement()
        driver.merge(weight: 10_000)
        let budgeted = { driver.compiled.parts.reduce(0) { $0 + $1.segment.index.statistics.budgeted } }
        #expect(budgeted() == 1)
        registry.put("costly", [("k", RegistryModel.record(key: "k", filter: "a"))])
        driver.apply(registry.takeAnnouncement(), of: registry)
        driver.merge(weight: 10_000)
        #expect(budgeted() == 0)
    }

    @Test func namesOfListsThatAreGoneAreForgottenInTheEnd() {
        let table = DestinationTable(keys: BusKeys())
        for number in 0..<1000 { #expect(table.number(of: "queue_\(number)") == number) }
        table.expectThese()
        #expect(table.number(of: "queue_7") == 7)
        #expect(table[7].key == "resque:queue:queue_7")
        let long = String(repeating: "x", count: 1 << 20)
        #expect(!table.isOvergrown)
        for number in 0..<9 { _ = table.number(of: "\(long)\(number)") }
        #expect(table.isOvergrown)
    }
}
