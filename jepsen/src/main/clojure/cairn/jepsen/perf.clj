(ns cairn.jepsen.perf
  "The latency of every operation over time, drawn as Cairn's reports draw."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.store :as store])
  (:import (cairn.report.plot Axis Images Mark$Dots Mark$Rule Plot Plot$SeriesKey Point Style)
           (cairn.report.statistics Unit)
           (java.nio.file Files OpenOption)))

(set! *warn-on-reflection* true)

(def ^:private most-rules 24)

(defn- series [pairs]
  (for [[i type] (map-indexed vector [:ok :info :fail])
        :let [points (for [[invocation completion] pairs
                           :when (= type (:type completion))]
                       (Point. (double (:time invocation))
                               (double (max 1 (- (long (:time completion)) (long (:time invocation)))))))]
        :when (seq points)]
    {:type type :style (Style/of i) :points points}))

(defn- rules
  "Where the nemesis began something; too many would hide what they explain."
  [history]
  (let [began (take-nth 2 (filter #(= :nemesis (:process %)) history))]
    (when (<= (count began) most-rules)
      (map (fn [{:keys [time f value]}]
             (Mark$Rule. (double time) (str (name f) (when (map? value) (str " " (first (vals value)))))))
           began))))

(defn latency-raw
  "The plot of a history; nil if nothing completed."
  ^Plot [test history]
  (let [all (series (h/pairs history))
        coordinate (fn [of] (double-array (mapcat #(map of (:points %)) all)))]
    (when (seq all)
      (Plot. "latency-raw" (str (:name test) " latency")
             "One dot for each operation, at the time of its invocation."
             (Axis/fromZero "Time" Unit/NANOSECONDS (coordinate #(.x ^Point %)))
             (Axis/logarithmic "Latency" Unit/NANOSECONDS (coordinate #(.y ^Point %)))
             (mapv (fn [{:keys [type style]}] (Plot$SeriesKey. (name type) style false true)) all)
             (into (vec (rules history))
                   (map (fn [{:keys [points style]}] (Mark$Dots. points style)))
                   all)))))

(defn latency-graph
  "Writes latency-raw.png; always valid."
  []
  (reify checker/Checker
    (check [_ test history opts]
      (when (:folder test)
        (when-let [plot (latency-raw test history)]
          (Files/write (.toPath (store/file test (:subdirectory opts) "latency-raw.png"))
                       ^bytes (Images/png plot)
                       ^"[Ljava.nio.file.OpenOption;" (make-array OpenOption 0))))
      {:valid? true})))
