/** The parts of the harness that Java does better than Clojure, and its door for Java. */
@NullMarked
package cairn.jepsen;

import org.jspecify.annotations.NullMarked;
