(ns cairn.jepsen.context
  "What a generator may know: the time, and which threads are free. Immutable.

  Threads are 0, 1, ... and `:nemesis`. A thread runs one process at a time; when a process crashes,
  the thread goes on as another one, so that a process never does anything after an operation whose
  outcome nobody knows."
  (:refer-clojure :exclude [time])
  (:import (java.util BitSet)))

(set! *warn-on-reflection* true)

;; Threads as bits: clients by their number, the nemesis after the last. Bit sets are never changed
;; once they are in a context. `turn` is where the search for a free thread begins.
(defrecord Context [^long time ^long clients ^BitSet all ^BitSet free processes ^long turn])

(defn- bit ^long [^Context ctx thread]
  (if (= :nemesis thread) (.clients ctx) (long thread)))

(defn- thread-at [^Context ctx ^long i]
  (if (= i (.clients ctx)) :nemesis i))

(defn context
  "At time zero, with all threads free: `:concurrency` clients and a nemesis."
  [{:keys [concurrency]}]
  (let [n (long concurrency)
        all (doto (BitSet.) (.set 0 (int (inc n))))]
    (Context. 0 n all all (conj (vec (range n)) :nemesis) 0)))

(defn- threads [^Context ctx ^BitSet bits]
  (loop [i (.nextSetBit bits 0) out []]
    (if (neg? i) out (recur (.nextSetBit bits (inc i)) (conj out (thread-at ctx i))))))

(defn- processes-of [^Context ctx ^BitSet bits]
  (loop [i (.nextSetBit bits 0) out []]
    (if (neg? i) out (recur (.nextSetBit bits (inc i)) (conj out (nth (.processes ctx) i))))))

(defn all-threads [ctx] (threads ctx (:all ctx)))
(defn all-thread-count ^long [^Context ctx] (.cardinality ^BitSet (.all ctx)))
(defn free-threads [ctx] (threads ctx (:free ctx)))
(defn free-thread-count ^long [^Context ctx] (.cardinality ^BitSet (.free ctx)))
(defn all-processes [ctx] (processes-of ctx (:all ctx)))
(defn free-processes [ctx] (processes-of ctx (:free ctx)))

(defn some-free-process
  "A free process, the threads in turn; nil if all are busy."
  [^Context ctx]
  (let [^BitSet free (.free ctx)
        i (.nextSetBit free (int (.turn ctx)))
        i (if (neg? i) (.nextSetBit free 0) i)]
    (when-not (neg? i) (nth (.processes ctx) i))))

(defn process->thread
  "The thread of a process: its number modulo the number of clients."
  [^Context ctx process]
  (if (= :nemesis process) :nemesis (mod (long process) (.clients ctx))))

(defn thread->process [^Context ctx thread]
  (nth (.processes ctx) (bit ctx thread)))

(defn thread-free? [^Context ctx thread]
  (.get ^BitSet (.free ctx) (int (bit ctx thread))))

(defn- with-bits ^BitSet [^BitSet bits f]
  (let [^BitSet copy (.clone bits)] (f copy) copy))

(defn at
  "The context at a time."
  [^Context ctx time]
  (if (= time (.time ctx)) ctx (assoc ctx :time time)))

(defn busy-thread
  "The context in which a thread has begun an operation."
  [^Context ctx time thread]
  (let [i (int (bit ctx thread))]
    (Context. time (.clients ctx) (.all ctx)
              (with-bits (.free ctx) (fn [^BitSet b] (.clear b i)))
              (.processes ctx) (inc i))))

(defn free-thread
  "The context in which a thread has ended its operation."
  [^Context ctx time thread]
  (let [i (int (bit ctx thread))]
    (Context. time (.clients ctx) (.all ctx)
              (with-bits (.free ctx) (fn [^BitSet b] (.set b i)))
              (.processes ctx) (.turn ctx))))

(defn with-next-process
  "The context in which a thread goes on as another process, whose number is higher by the number of
  client threads. The nemesis stays itself."
  [^Context ctx thread]
  (if (= :nemesis thread)
    ctx
    (update ctx :processes update (bit ctx thread) + (.clients ctx))))

(defn make-thread-filter
  "A function from a context to one that has only the threads for which `pred` holds. It computes
  which these are once for each set of threads that it meets."
  [pred]
  (let [known (volatile! nil)]
    (fn restricted [^Context ctx]
      (let [[all mask] @known
            ^BitSet mask
            (if (and mask (identical? all (.all ctx)))
              mask
              (let [fresh (BitSet.)]
                (doseq [t (all-threads ctx) :when (pred t)] (.set fresh (int (bit ctx t))))
                (vreset! known [(.all ctx) fresh])
                fresh))]
        (Context. (.time ctx) (.clients ctx)
                  mask
                  (with-bits (.free ctx) (fn [^BitSet b] (.and b mask)))
                  (.processes ctx) (.turn ctx))))))
