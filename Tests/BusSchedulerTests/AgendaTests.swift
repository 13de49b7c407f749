import BusWire
import RedisTestSupport
import Testing

@testable import BusScheduler

@Suite(.timeLimit(.minutes(1))) struct AgendaTests {
    /// Counts how often it is compared.
    private struct Counted: Comparable {
        final class Counter { var comparisons = 0 }

        let value: Int
        let counter: Counter

        static func == (left: Counted, right: Counted) -> Bool { left.value == right.value }

        static func < (left: Counted, right: Counted) -> Bool {
            left.counter.comparisons += 1
            return left.value < right.value
        }
    }

    @Test func aHeapReturnsItsElementsInOrder() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var chance = Chance(seed: seed)
        var heap = BinaryHeap<Int>()
        var model: [Int] = []
        for _ in 0..<5000 {
            if chance.happens(55) {
                let element = chance.number(0...50)
                heap.insert(element)
                model.append(element)
            } else {
                let least = model.min()
                #expect(heap.first == least, "seed \(seed)")
                #expect(heap.popFirst() == least, "seed \(seed)")
                if let index = model.firstIndex(where: { $0 == least }) { model.remove(at: index) }
            }
            if chance.happens(1) {
                heap.keep { $0 % 5 > 0 }
                model.removeAll { $0 % 5 == 0 }
            }
            #expect(heap.count == model.count, "seed \(seed)")
        }
    }

    @Test func anElementOfTenThousandCostsFewComparisons() {
        let counter = Counted.Counter()
        var chance = Chance(seed: 5)
        var heap = BinaryHeap<Counted>()
        for _ in 0..<10_000 { heap.insert(Counted(value: chance.number(0...1_000_000), counter: counter)) }
        for _ in 0..<1000 {
            counter.comparisons = 0
            let first = heap.popFirst()
            heap.insert(Counted(value: (first?.value ?? 0) + chance.number(0...1_000_000), counter: counter))
            // Two at each of fourteen levels down, and one at each level up.
            #expect(counter.comparisons <= 42)
        }
    }

    @Test func namesComeByTimeAndThenInTheOrderInWhichTheyWerePut() {
        var agenda = Agenda()
        for (name, time) in [("a", 5), ("b", 3), ("c", 5), ("d", 3), ("a", 3), ("e", 9), ("e", 4), ("c", 8)] {
            agenda.put(ExactString(name), at: time)
        }
        agenda.put("b", at: nil)
        #expect(agenda.next == 3)
        var names: [String] = []
        while let name = agenda.popFirst(upTo: 7) { names.append(name.text) }
        #expect(names == ["d", "a", "e"])
        #expect(agenda.next == 8)
        agenda.put("c", at: nil)
        #expect(agenda.next == nil)
    }

    @Test func whatIsPutOverAndOverComesOnce() {
        var agenda = Agenda()
        agenda.put("first", at: 1)
        for time in 0..<10_000 { agenda.put("other", at: 20_000 - time) }
        #expect(agenda.itemCount < 100)
        #expect(agenda.popFirst(upTo: 1) == "first")
        #expect(agenda.next == 10_001)
        #expect(agenda.popFirst(upTo: 30_000) == "other")
        #expect(agenda.popFirst(upTo: 30_000) == nil)
    }
}
