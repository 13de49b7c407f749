/// A table of texts.
struct PageTable {
    enum Kind { case text, figure }

    let columns: [(heading: String, kind: Kind)]
    let rows: [[String]]

    var markup: Markup {
        element("div", ["class": "table"]) {
            element("table") {
                element("thead") {
                    element("tr") {
                        for column in columns {
                            element("th", ["scope": "col", "class": Self.style(column.kind)], column.heading)
                        }
                    }
                }
                element("tbody") {
                    for row in rows {
                        element("tr") {
                            for (cell, column) in zip(row, columns) {
                                element("td", ["class": Self.style(column.kind)], cell)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func style(_ kind: Kind) -> String? {
        kind == .figure ? "figure" : nil
    }
}
