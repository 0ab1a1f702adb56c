(ns cairn.jepsen.net
  "What a nemesis may do to the network. Names and signatures are Jepsen's.")

(set! *warn-on-reflection* true)

(defprotocol Net
  (drop! [net test src dest] "Nothing passes from src to dest.")
  (heal! [net test] "Everything passes again.")
  (slow! [net test] [net test opts] "Messages are late.")
  (flaky! [net test] "Messages are lost at random.")
  (fast! [net test] "Messages are neither late nor lost.")
  (shape! [net test nodes behavior] "Messages of some nodes behave in some way."))

(defprotocol PartitionAll
  (drop-all! [net test grudge] "A grudge: from each node to those whose messages it does not get."))
