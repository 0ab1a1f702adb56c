(ns cairn.jepsen.perf
  "Latencies and rates over time, drawn as Cairn's reports draw. Files and names are Jepsen's."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.store :as store])
  (:import (cairn.report.plot Axis Axis$Scale Images Mark$Curve Mark$Dots Mark$Rule Plot Plot$SeriesKey Point Style)
           (cairn.report.statistics Unit)
           (java.nio.file Files OpenOption)))

(set! *warn-on-reflection* true)

(def ^:private most-rules 24)

(def ^:private windows
  "So many parts of the test's time have quantiles and rates of their own."
  40)

(def ^:private quantiles [0.5 0.95 0.99 1])

(defn- latency ^long [[invocation completion]]
  (max 1 (- (long (:time completion)) (long (:time invocation)))))

(defn- length
  "The time of the last operation."
  ^long [history]
  (reduce max 1 (map :time history)))

(defn- whom
  "What a value says of whom something is done to: `{:crash \"primary\"}`, `{\"primary\" 4.2}`."
  [value]
  (when (map? value)
    (let [[k v] (first value)]
      (if (or (number? v) (map? v)) (str k (when (next value) " ...")) v))))

(defn- rules
  "Where the nemesis began something; too many would hide what they explain."
  [history]
  (let [began (take-nth 2 (filter #(= :nemesis (:process %)) history))]
    (when (<= (count began) most-rules)
      (map (fn [{:keys [time f value]}]
             (Mark$Rule. (double time) (str (name f) (when-let [who (whom value)] (str " " who)))))
           began))))

(defn- xs [all] (double-array (mapcat (fn [{:keys [points]}] (map #(.x ^Point %) points)) all)))
(defn- ys [all] (double-array (mapcat (fn [{:keys [points]}] (map #(.y ^Point %) points)) all)))

(defn- plot
  "Series `{:label :points}` over time; nil if there are none."
  [file title caption y-axis history all dots?]
  (let [all (vec (map-indexed (fn [i s] (assoc s :style (Style/of i))) (filter (comp seq :points) all)))]
    (when (seq all)
      (Plot. file title caption
             (Axis/fromZero "Time" Unit/NANOSECONDS (xs all))
             (y-axis all)
             (mapv (fn [{:keys [label style]}] (Plot$SeriesKey. label style (not dots?) dots?)) all)
             (into (vec (rules history))
                   (map (fn [{:keys [points style]}]
                          (if dots? (Mark$Dots. points style) (Mark$Curve. points style false))))
                   all)))))

(defn- latency-axis [all] (Axis/logarithmic "Latency" Unit/NANOSECONDS (ys all)))

(defn latency-raw
  "The latency of every operation, by the type of its completion; nil if nothing completed."
  ^Plot [test history]
  (let [pairs (h/pairs history)]
    (plot "latency-raw" (str (:name test) " latency")
          "One dot for each operation, at the time of its invocation."
          latency-axis history
          (for [type [:ok :info :fail]]
            {:label (name type)
             :points (vec (for [[invocation completion :as pair] pairs
                                :when (= type (:type completion))]
                            (Point. (double (:time invocation)) (double (latency pair)))))})
          true)))

(defn- quantile [sorted q]
  (nth sorted (min (dec (count sorted)) (long (* (double q) (count sorted))))))

(defn latency-quantiles
  "Quantiles of the latency of what completed, for each part of the test's time in which something
  was invoked; nil if nothing completed."
  ^Plot [test history]
  (let [width (/ (double (length history)) (long windows))
        by (->> (h/pairs history)
                (filter second)
                (group-by (fn [[invocation _]] (long (/ (double (:time invocation)) width))))
                (into (sorted-map)))
        sorted (map (fn [[window pairs]] [(* width (+ 0.5 (double window))) (vec (sort (map latency pairs)))]) by)]
    (plot "latency-quantiles" (str (:name test) " latency quantiles")
          "Quantiles of the latency, by the time of the invocation."
          latency-axis history
          (for [q quantiles]
            {:label (str q)
             :points (mapv (fn [[at latencies]] (Point. (double at) (double (quantile latencies q)))) sorted)})
          false)))

(defn rate
  "Completions in a second, by function and type; nil if nothing completed."
  ^Plot [test history]
  (let [width (/ (double (inc (length history))) (long windows))
        completions (filter #(and (h/client-op? %) (not (h/invoke? %))) history)
        at (fn [window] (* width (+ 0.5 (double window))))]
    (plot "rate" (str (:name test) " rate")
          "Completions in a second, by the time of the completion."
          (fn [all] (Axis/fromZero "Rate" Unit/PER_SECOND (ys all)))
          history
          (for [[[f type] ops] (sort-by (comp str key) (group-by (juxt :f :type) completions))]
            {:label (str (if (keyword? f) (name f) f) " " (name type))
             :points (let [in (frequencies (map #(long (/ (double (:time %)) width)) ops))]
                       (mapv (fn [window]
                               (Point. (at window) (/ (* 1e9 (double (get in window 0))) width)))
                             (range windows)))})
          false)))

(defn- steps
  "Points of a value that stays until the next one, to the end."
  [end known]
  (let [known (vec known)]
    (vec (mapcat (fn [[at value] [until _]]
                   [(Point. (double at) (double value)) (Point. (double until) (double value))])
                 known
                 (conj (subvec known 1) [end nil])))))

(defn clock-skew
  "By how many seconds each node's clock is off, as operations with `:clock-offsets` say, but for those
  that were right all the time; nil if none was off."
  ^Plot [test history]
  (let [said (for [{:keys [time clock-offsets]} history
                   [node offset] clock-offsets]
               [node [time offset]])
        by-node (group-by first said)
        off (remove (fn [[_ known]] (every? (comp zero? second second) known)) by-node)]
    (plot "clock-skew" (str (:name test) " clock skew")
          "By how much each node's clock is off."
          (fn [all]
            (let [most (reduce max 1e-6 (map abs (ys all)))]
              (Axis. "Skew (s)" 1 (* -1.05 (double most)) (* 1.05 (double most)) Axis$Scale/LINEAR)))
          history
          (for [[node known] (sort-by (comp str key) off)]
            {:label (str node) :points (steps (length history) (map second known))})
          false)))

(defn- drawing
  "A checker that writes plots of a history, those that there are; always valid."
  [plots]
  (reify checker/Checker
    (check [_ test history opts]
      (when (:folder test)
        (doseq [make plots]
          (when-let [^Plot made (make test history)]
            (Files/write (.toPath (store/file test (:subdirectory opts) (str (.name made) ".png")))
                         ^bytes (Images/png made)
                         ^"[Ljava.nio.file.OpenOption;" (make-array OpenOption 0)))))
      {:valid? true})))

(defn latency-graph
  "Writes latency-raw.png and latency-quantiles.png."
  []
  (drawing [latency-raw latency-quantiles]))

(defn rate-graph
  "Writes rate.png."
  []
  (drawing [rate]))

(defn perf
  "Writes the latencies and the rate."
  []
  (drawing [latency-raw latency-quantiles rate]))

(defn clock-plot
  "Writes clock-skew.png, if the nemesis said how clocks were."
  []
  (drawing [clock-skew]))
