import BusWire
import Testing

/// Items of `delayed:<epoch>` as resque-scheduler reads them (contract §7).
@Suite(.timeLimit(.minutes(1))) struct DelayedItemTests {
    /// The queue, and what is pushed there.
    private func read(_ text: String) throws -> (queue: String, pushed: String, isSplit: Bool) {
        let item = try DelayedItem(Array(text.utf8))
        let isSplit = if case .beginning = item.element { true } else { false }
        return (item.queue, String(decoding: item.pushed(from: Array(text.utf8)), as: UTF8.self), isSplit)
    }

    @Test(arguments: [
        #"{"class":"C","args":[],"queue":"q"}"#, #"{"class":"C","args":["a","b\"\\\b\f\n\r\t/"],"queue":"q"}"#,
        #"{"class":"QueueBus::Worker","args":["{\"a\":1}"],"queue":"bus_incoming"}"#,
        #"{"class":"C","args":[1,null,1.5,{"b":[]}],"queue":"q r"}"#, #"{"class":"É","args":["é"],"queue":"ü\n"}"#,
        #"{"class":"C","args":["\u0000\u001f"],"queue":"q\\"}"#, #"{"class":"C","args":["]}"],"queue":"],"}"#,
    ]) func whatRubyWroteIsSplit(text: String) throws {
        let json = try JSONValue.parse(text)
        let (queue, pushed, isSplit) = try read(text)
        #expect(queue == json["queue"]?.string)
        let job = JobPayload(className: json["class"]?.string ?? "", arguments: json["args"]?.elements ?? [])
        #expect(try Array(pushed.utf8) == job.encoded())
        #expect(isSplit)
    }

    @Test(arguments: [
        (#"{"class":"C","args":{"a":1},"queue":"q"}"#, #"{"class":"C","args":[{"a":1}]}"#),
        (#"{"class":"C","args":"a","queue":"q"}"#, #"{"class":"C","args":["a"]}"#),
        (#"{"class":"C","args":0,"queue":"q"}"#, #"{"class":"C","args":[0]}"#),
        (#"{"class":"C","args":true,"queue":"q"}"#, #"{"class":"C","args":[true]}"#),
        (#"{"class":"C","args":false,"queue":"q"}"#, #"{"class":"C","args":[]}"#),
        (#"{"class":"C","args":null,"queue":"q"}"#, #"{"class":"C","args":[]}"#),
        (#"{"class":"C","queue":"q"}"#, #"{"class":"C","args":[]}"#),
        (#"{"queue":"q","args":["a"],"class":"C"}"#, #"{"class":"C","args":["a"]}"#),
        (#"{"class":"C", "args":["a"],"queue":"q"}"#, #"{"class":"C","args":["a"]}"#),
        (#"{"class":"C","args":["a"],"queue":"q"} "#, #"{"class":"C","args":["a"]}"#),
        (#"{"class":"C","args":["\/\u0041"],"queue":"q"}"#, #"{"class":"C","args":["/A"]}"#),
        (#"{"class":"\u0043","args":[],"queue":"q"}"#, #"{"class":"C","args":[]}"#),
        (#"{"class":"C","args":["a"],"queue":"\u0071"}"#, #"{"class":"C","args":["a"]}"#),
        (#"{"class":"C","args":[1e2],"queue":"q"}"#, #"{"class":"C","args":[100.0]}"#),
        (#"{"class":"C","args":["a"],"queue":"p","queue":"q"}"#, #"{"class":"C","args":["a"]}"#),
        (#"{"class":"C","args":["a"],"queue":"q","at":1}"#, #"{"class":"C","args":["a"]}"#),
        (#"{"class":"C","args":[],"queue":"q","custom_job_class":"D"}"#, #"{"class":"D","args":[]}"#),
        (#"{"class":"C","args":[],"queue":"q","custom_job_class":"Resque::Job"}"#, #"{"class":"C","args":[]}"#),
    ]) func otherSpellingsAreWrittenAgain(text: String, expected: String) throws {
        let (queue, pushed, isSplit) = try read(text)
        #expect(queue == "q")
        #expect(pushed == expected)
        #expect(!isSplit)
    }

    @Test(arguments: [
        ("", "Resque::Helpers::DecodeException"), ("{", "Resque::Helpers::DecodeException"),
        (#"{"class":"C","args":[],"queue":"q"}}"#, "Resque::Helpers::DecodeException"),
        (#"{"class":"C","args":["a",],"queue":"q"}"#, "Resque::Helpers::DecodeException"),
        (#"{"class":"C","args":["a],"queue":"q"}"#, "Resque::Helpers::DecodeException"),
        ("[]", "TypeError"), ("null", "TypeError"), (#""text""#, "TypeError"),
        ("{}", "Resque::NoClassError"), (#"{"class":"","args":[],"queue":"q"}"#, "Resque::NoClassError"),
        (#"{"class":5,"args":[],"queue":"q"}"#, "Resque::NoClassError"),
        (#"{"class":"C","args":[]}"#, "Resque::NoQueueError"),
        (#"{"class":"C","args":[],"queue":""}"#, "Resque::NoQueueError"),
        (#"{"class":"C","args":[],"queue":null}"#, "Resque::NoQueueError"),
        (#"{"class":"C","args":[],"queue":["q"]}"#, "Resque::NoQueueError"),
        (#"{"class":"C","args":[1e400],"queue":"q"}"#, "JSON::GeneratorError"),
        (#"{"class":"C","args":["\ud800"],"queue":"q"}"#, "JSON::GeneratorError"),
    ]) func whatCannotBePushedIsPoison(text: String, exception: String) {
        let poison = #expect(throws: Poison.self) { try DelayedItem(Array(text.utf8)) }
        #expect(poison?.exception == exception)
    }

    @Test func bytesThatAreNoTextAndNestingTooDeepArePoison() {
        let broken = Array(#"{"class":"C","args":[""#.utf8) + [0xFF] + Array(#""],"queue":"q"}"#.utf8)
        #expect(throws: Poison.self) { try DelayedItem(broken) }
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(throws: Poison.self) { try DelayedItem(Array(#"{"class":"C","args":\#(deep),"queue":"q"}"#.utf8)) }
    }

    /// Whatever the spelling: what is pushed is what Ruby would write, and an item in its own spelling is only split.
    @Test func randomItemsArePushedAsRubyWouldWriteThem() throws {
        var random = RandomJSON(generator: .announced(for: "randomItemsArePushedAsRubyWouldWriteThem"))
        var split = 0
        for _ in 0..<4000 {
            let arguments = (0..<Int.random(in: 0...3, using: &random.generator)).map { _ in
                random.chance(of: 2) ? JSONValue.string(random.string()) : random.value(depth: 1)
            }
            let job = JobPayload(className: "C" + random.string(), arguments: arguments)
            let queue = "q" + random.string()
            guard let pushed = try? job.encoded() else { continue }
            let item = try job.encoded(waitingFor: queue)
            let read = try DelayedItem(item)
            #expect(read.queue.isExactly(queue))
            #expect(read.pushed(from: item) == pushed)
            if case .beginning = read.element { split += 1 }
            let spelled = Array(random.spell(try JSONValue.parse(item)).utf8)
            let respelled = try DelayedItem(spelled)
            #expect(respelled.queue.isExactly(queue))
            #expect(respelled.pushed(from: spelled) == pushed)
        }
        #expect(split > 3000)
    }

    /// Cut or changed anywhere, an item is either refused or read as the parser reads it.
    @Test func damagedItemsAreNeverMisread() throws {
        var random = RandomJSON(generator: .announced(for: "damagedItemsAreNeverMisread"))
        let whole = Array(#"{"class":"QueueBus::Worker","args":["{\"a\":\"b\\n\"}","x"],"queue":"bus_incoming"}"#.utf8)
        for _ in 0..<20_000 {
            var item = whole
            let place = Int.random(in: 0..<item.count, using: &random.generator)
            if random.chance(of: 2) {
                item[place] = Array(#"",:{}[]\ua0n"#.utf8).randomElement(using: &random.generator)!
            } else {
                item.remove(at: place)
            }
            guard let read = try? DelayedItem(item) else { continue }
            let json = try JSONValue.parse(item)
            let pushed = try JSONValue.parse(read.pushed(from: item))
            #expect(json["queue"]?.string?.isExactly(read.queue) == true)
            #expect(pushed["class"] == json["class"])
            if json["args"]?.elements != nil { #expect(pushed["args"] == json["args"]) }
        }
    }
}
