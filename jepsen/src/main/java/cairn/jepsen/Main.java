package cairn.jepsen;

import clojure.java.api.Clojure;

import java.util.List;

/** Where {@code ./cairn jepsen} begins. */
public final class Main {

    private Main() {}

    public static void main(String[] words) {
        Clojure.var("clojure.core", "require").invoke(Clojure.read("cairn.jepsen.cli"));
        Clojure.var("clojure.core", "apply")
                .invoke(Clojure.var("cairn.jepsen.cli", "-main"), List.of(words));
    }
}
