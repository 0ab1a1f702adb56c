(ns cairn.jepsen.speed
  "How quick checking is: `-m cairn.jepsen.speed` measures histories of the shapes for which figures of
  other checkers are known, and prints a table."
  (:require [cairn.jepsen.history :as h]
            [cairn.jepsen.linearizable :as linearizable]
            [cairn.jepsen.model :as model])
  (:import (java.lang.management ManagementFactory ThreadMXBean)
           (java.util PriorityQueue SplittableRandom)
           (java.util.function Function)))

(set! *warn-on-reflection* true)

(defn- wish [^SplittableRandom random unique? fresh seen]
  (let [value #(if unique? (vswap! fresh inc) (.nextInt random 5))]
    (case (.nextInt random 3)
      0 {:f :read :value nil}
      1 {:f :write :value (value)}
      {:f :cas :value [(if unique? @seen (.nextInt random 5)) (value)]})))

(defn history
  "A linearizable history of a cas-register: `:clients` that are always busy do `:ops` operations, with
  values 0 to 4, or each its own if `:unique?`; `:crashed` writes besides are never answered. An
  operation takes effect at a random time, and is answered another random time later."
  [{:keys [clients ops seed unique? crashed] :or {crashed 0}}]
  (let [random (SplittableRandom. (long seed))
        out (java.util.ArrayList.)
        queue (PriorityQueue. 64 (java.util.Comparator/comparing
                                  (reify Function (apply [_ event] (:at event)))))
        value (volatile! nil) fresh (volatile! 0)
        begin! (fn [at process]
                 (let [op (assoc (wish random unique? fresh value) :process process :type :invoke)]
                   (.add out op)
                   (.add queue {:at (+ (double at) (.nextDouble random)) :op op :effect? true})))
        effect (fn [{:keys [f] wanted :value :as op}]
                 (case f
                   :read (assoc op :type :ok :value @value)
                   :write (do (vreset! value wanted) (assoc op :type :ok))
                   :cas (if (= (first wanted) @value)
                          (do (vreset! value (second wanted)) (assoc op :type :ok))
                          (assoc op :type :fail))))
        write-of (fn [op] (assoc op :f :write :value (if unique? (vswap! fresh inc) (.nextInt random 5))))]
    (dotimes [i crashed]
      (.add queue {:at (* 1.0 i (/ (double ops) (double clients) (double (inc (long crashed)))))
                   :crash (+ (long clients) i)}))
    (dotimes [p clients] (begin! 0 p))
    (loop [left (- (long ops) (long clients))]
      (when-let [{:keys [at op effect? crash]} (.poll queue)]
        (cond
          crash (let [op (write-of {:process crash :type :invoke})]
                  (.add out op)
                  (when (.nextBoolean random) (vreset! value (:value op)))
                  (recur left))
          effect? (do (.add queue {:at (+ (double at) (.nextDouble random)) :op (effect op)})
                      (recur left))
          :else (do (.add out op)
                    (when (pos? left) (begin! at (:process op)))
                    (recur (if (pos? left) (dec left) left))))))
    (h/history out)))

(defn spoiled
  "A history of unique values in which the last read but a few answers a value that was overwritten
  long before."
  [history]
  (let [reads (filter #(and (h/ok? %) (= :read (:f %)) (:value %)) history)
        at (:index (nth (reverse reads) 5))
        old (:value (first reads))]
    (assoc-in history [at :value] old)))

(def ^:private shapes
  ;; CPU seconds of Porcupine, Knossos wgl and Knossos linear on histories of these shapes, measured on
  ;; a shared machine with two cores.
  [[{:clients 10 :ops 1000} [0.006 0.15 1.1]]
   [{:clients 10 :ops 10000} [0.23 1.1 5.9]]
   [{:clients 10 :ops 100000} [20 20 77]]
   [{:clients 20 :ops 1000} [2.6 4.6 nil]]
   [{:clients 10 :ops 1000 :crashed 30} [0.006 0.1 nil]]
   [{:clients 5 :ops 10000 :unique? true :crashed 10 :invalid? true} [0.10 0.51 0.33]]])

(def ^:private seeds (range 1 6))

(defn- cpu-seconds
  "What a call returns, and the CPU seconds of this thread that it took."
  [f]
  (let [^ThreadMXBean threads (ManagementFactory/getThreadMXBean)
        before (.getCurrentThreadCpuTime threads)
        result (f)]
    [result (/ (- (.getCurrentThreadCpuTime threads) before) 1e9)]))

(defn measure
  "Checks histories of a shape, one for each seed: median and most CPU seconds, and the verdicts."
  [{:keys [invalid?] :as shape} seeds]
  (let [measured (vec (for [seed seeds]
                        (let [made (history (assoc shape :seed seed))
                              h (if invalid? (spoiled made) made)]
                          (cpu-seconds #(:valid? (linearizable/analysis (model/cas-register) h))))))
        times (vec (sort (map second measured)))]
    {:median (nth times (quot (count times) 2))
     :most (peek times)
     :verdicts (frequencies (map first measured))}))

(defn- said [{:keys [clients ops unique? crashed invalid?]}]
  (str clients " x " ops (when unique? ", unique values") (when crashed (str ", " crashed " crashed writes"))
       (when invalid? ", invalid")))

(defn -main [& _]
  ;; The compiler's work is not the checker's.
  (dotimes [i 20] (measure {:clients 10 :ops 2000} [(+ 100 i)]))
  (println "| clients x operations | Cairn, median | Cairn, most | Porcupine | Knossos wgl | Knossos linear | verdicts |")
  (println "| --- | ---: | ---: | ---: | ---: | ---: | --- |")
  (doseq [[shape others] shapes]
    (let [{:keys [median most verdicts]} (measure shape seeds)]
      (println (format "| %s | %.4f | %.4f | %s | %s | %s | %s |" (said shape) median most
                       (nth others 0) (nth others 1) (or (nth others 2) "over 60") verdicts))))
  (shutdown-agents))
