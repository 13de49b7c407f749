/// A chart with its heading, its legend and a sentence on how to read it.
struct Figure {
    let heading: String
    /// What a line or a colour stands for: the class of its mark, and a name.
    let legend: [(mark: String, name: String)]
    /// One or two sentences.
    let caption: String
    let drawings: [Markup]

    var markup: Markup {
        element("figure") {
            element("h3", heading)
            if !legend.isEmpty {
                element("p", ["class": "legend"]) {
                    for entry in legend {
                        element("span") {
                            element(
                                "svg",
                                ["viewBox": "0 0 24 10", "width": "24", "height": "10", "aria-hidden": "true"]
                            ) {
                                element("path", ["d": "M1 5H23", "class": "curve \(entry.mark)"])
                            }
                            entry.name
                        }
                    }
                }
            }
            for drawing in drawings { drawing }
            element("figcaption", caption)
        }
    }
}
