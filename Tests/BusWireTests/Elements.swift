import BusWire
import Testing

/// An element of the incoming list that holds `inner` as its event text, as Ruby writes it.
func element(_ inner: String) -> [UInt8] {
    let text = try! JSONValue.string(inner).encoded()
    return Array(#"{"class":"QueueBus::Worker","args":["#.utf8) + text + Array("]}".utf8)
}

/// What a scan said, with the event as a tree, so that results can be compared and outlive the scan.
struct Scanned: Hashable {
    let incoming: Incoming
    let attributes: [JSONMember]
    let isRewritten: Bool

    init(_ element: [UInt8], with scan: EventScan = EventScan()) {
        (incoming, attributes, isRewritten) = element.withUnsafeBytes { bytes in
            let incoming = scan.scan(bytes)
            return (incoming, scan.object(), scan.isRewritten)
        }
    }

    init(inner: String) {
        self.init(element(inner))
    }
}

/// The inner object of a job, parsed twice as a rider does.
func innerObject(ofJob job: [UInt8]) throws -> [JSONMember] {
    let outer = try JSONValue.parse(job)
    let inner = try #require(outer["args"]?.elements?.first?.string)
    return try #require(try JSONValue.parse(inner).members)
}

/// The bulk strings of a buffer, which must hold nothing else.
func jobs(in buffer: JobBuffer) throws -> [[UInt8]] {
    let bytes = buffer.withUnsafeBytes(Array.init)
    var jobs: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        let lineEnd = try #require(rest.firstIndex(of: UInt8(ascii: "\r")))
        try #require(rest.first == UInt8(ascii: "$"))
        let count = try #require(Int(String(decoding: rest[(rest.startIndex + 1)..<lineEnd], as: UTF8.self)))
        let start = lineEnd + 2
        jobs.append(Array(rest[start..<start + count]))
        try #require(Array(rest[start + count..<start + count + 2]) == Array("\r\n".utf8))
        rest = rest[(start + count + 2)...]
    }
    try #require(jobs.count == buffer.count)
    return jobs
}
