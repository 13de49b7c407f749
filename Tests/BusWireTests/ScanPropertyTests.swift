import Testing

@testable import BusWire

/// The scan in place and the parser must agree about every element, whatever it is.
@Suite(.timeLimit(.minutes(1))) struct ScanPropertyTests {
    /// What the parser alone says, with numbers in Ruby's spelling.
    private func parsed(_ element: [UInt8]) -> (incoming: Incoming, attributes: [JSONMember]) {
        element.withUnsafeBytes { bytes in
            do throws(Poison) {
                let event = try EventTree(bytes)
                try event.requireEncodable()
                return (event.incoming, respelled(event.attributes))
            } catch {
                return (.poison(error), [])
            }
        }
    }

    private func respelled(_ members: [JSONMember]) -> [JSONMember] {
        members.map { JSONMember($0.key, respelled($0.value)) }
    }

    private func respelled(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let text): .number(RubyText.number(text))
        case .array(let elements): .array(elements.map(respelled))
        case .object(let members): .object(respelled(members))
        default: value
        }
    }

    private func expectAgreement(about element: [UInt8], with scan: EventScan) -> Scanned {
        let scanned = Scanned(element, with: scan)
        let parsed = parsed(element)
        let agrees = scanned.incoming == parsed.incoming && respelled(scanned.attributes) == parsed.attributes
        if !agrees {
            Issue.record(
                "\(String(decoding: element, as: UTF8.self)): scanned \(scanned), parsed \(parsed)")
        }
        return scanned
    }

    @Test func scanAndParserAgreeOnEvents() {
        var random = RandomJSON(generator: .announced(for: "scanAndParserAgreeOnEvents"))
        let scan = EventScan()
        var inPlace = 0
        for _ in 0..<4000 {
            let event = JSONValue.object(random.event())
            let scanned = expectAgreement(about: element(random.spell(event)), with: scan)
            if case .poison = scanned.incoming { Issue.record("\(event) is poison: \(scanned.incoming)") }
            if !scanned.isRewritten { inPlace += 1 }
        }
        // Both ways must have been taken, else there was nothing to compare.
        #expect(1000...3900 ~= inPlace)
    }

    /// Ruby's own spelling never needs the parser, but for numbers near the end of Double's range.
    @Test func rubysSpellingIsScannedInPlace() throws {
        var random = RandomJSON(generator: .announced(for: "rubysSpellingIsScannedInPlace"))
        let scan = EventScan()
        for _ in 0..<1000 {
            let event = random.event(mayRepeat: false).filter { !"\($0.value)".contains("e301") }
            let text = try JSONValue.object(event).encoded()
            let scanned = expectAgreement(about: element(String(decoding: text, as: UTF8.self)), with: scan)
            #expect(!scanned.isRewritten)
        }
    }

    @Test func scanAndParserAgreeOnDamage() throws {
        var random = RandomJSON(generator: .announced(for: "scanAndParserAgreeOnDamage"))
        let scan = EventScan()
        let spices: [[UInt8]] = [
            Array("\\".utf8), Array("\"".utf8), Array("\\\"".utf8), Array("\\\\".utf8), Array("{".utf8),
            Array("}".utf8),
            Array("[".utf8), Array("]".utf8), Array(",".utf8), Array(":".utf8), Array("0".utf8), Array("e".utf8),
            Array("-".utf8), Array(".".utf8), Array("\\\\u".utf8), Array("\\u0022".utf8), Array("d83d".utf8), [0x00],
            [0x1F],
            [0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90], Array(" ".utf8), Array("/**/".utf8), Array("}\"]}".utf8),
        ]
        var verdicts: [Bool: Int] = [:]
        for _ in 0..<6000 {
            var bytes = element(random.spell(.object(random.event())))
            for _ in 0..<Int.random(in: 1...3, using: &random.generator) {
                let place = Int.random(in: 0..<bytes.count, using: &random.generator)
                switch Int.random(in: 0..<4, using: &random.generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(contentsOf: spices.randomElement(using: &random.generator)!, at: place)
                case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random.generator)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
                }
                if bytes.isEmpty { bytes = [0] }
            }
            let scanned = expectAgreement(about: bytes, with: scan)
            if case .poison = scanned.incoming {
                verdicts[true, default: 0] += 1
            } else {
                verdicts[false, default: 0] += 1
            }
        }
        #expect(verdicts[true, default: 0] > 500 && verdicts[false, default: 0] > 500)
    }

    /// Every prefix of an event is poison, and reading one never looks beyond its end.
    @Test func everyPrefixIsPoison() {
        let whole = element(#"{"a":"é\u00e9\n","b":[1,{"c":-1.5e+3}],"bus_class_proxy":"QueueBus::Driver"}"#)
        let scan = EventScan()
        for count in 0..<whole.count {
            // A block of exactly this size: an address sanitizer sees a read beyond it.
            let block = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
            defer { block.deallocate() }
            block.copyBytes(from: whole[..<count])
            guard case .poison = scan.scan(UnsafeRawBufferPointer(block)) else {
                Issue.record("the first \(count) bytes were taken for a job")
                continue
            }
        }
    }

    @Test func textsAreThoseOfTheTree() throws {
        var random = RandomJSON(generator: .announced(for: "textsAreThoseOfTheTree"))
        let scan = EventScan()
        for _ in 0..<1000 {
            let bytes = element(random.spell(.object(random.event())))
            let attributes = parsed(bytes).attributes
            bytes.withUnsafeBytes { bytes in
                _ = scan.scan(bytes)
                for (index, attribute) in attributes.enumerated() {
                    var text: [UInt8] = []
                    scan.appendText(of: index, to: &text)
                    #expect(text == Array(RubyText.text(of: attribute.value).utf8))
                    var key = attribute.key
                    key.withUTF8 { #expect(scan.key(of: index, equals: UnsafeRawBufferPointer($0))) }
                    #expect(scan.members[index].keyHash == KeyHash.hash(attribute.key))
                }
            }
        }
    }
}
