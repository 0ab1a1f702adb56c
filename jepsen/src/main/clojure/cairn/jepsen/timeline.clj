(ns cairn.jepsen.timeline
  "A page that shows who did what when: a column for each process, time downwards."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.store :as store]
            [clojure.string :as str]))

(set! *warn-on-reflection* true)

(def ^:private most-shown 10000)
(def ^:private line "Dots from one event to the next." 18)
(def ^:private column 132)

(def ^:private css "
body { font: 12px/1.3 system-ui, sans-serif; margin: 16px; color: #1c2430; background: #fff }
h1 { font-size: 18px; margin: 0 } p { color: #5a6472 }
.ops { position: relative; margin-top: 12px } .process { position: absolute; font-weight: 600; color: #5a6472 }
.op { position: absolute; box-sizing: border-box; width: 124px; padding: 0 6px; overflow: hidden; white-space: nowrap;
 text-overflow: ellipsis; border-radius: 3px; border-left: 4px solid; color: inherit; text-decoration: none }
.op:hover, .op:target { z-index: 2; width: auto; min-width: 124px; box-shadow: 0 1px 6px #0005 }
.ok { background: #dcecff; border-color: #2f6fb7 } .info { background: #fff0cf; border-color: #c98a00 }
.fail { background: #ffdfe3; border-color: #b8324a } .none { background: #ececec; border-color: #777 }")

(defn- escaped [s]
  (-> (str s) (str/replace "&" "&amp;") (str/replace "<" "&lt;") (str/replace ">" "&gt;") (str/replace "\"" "&quot;")))

(defn- seconds [nanos] (format "%.9f s" (/ (double nanos) 1e9)))

(defn- shown [v] (pr-str (if (h/tuple? v) (vec v) v)))

(defn- paired
  "Invocations with their completions, the nemesis' too, which only their order tells apart."
  [history]
  (loop [ops (seq history) open {} out []]
    (if-let [[{:keys [process] :as op} & more] ops]
      (if-let [i (open process)]
        (recur more (dissoc open process) (assoc-in out [i 1] op))
        (recur more (assoc open process (count out)) (conj out [op nil])))
      out)))

(defn- box [place columns last-row [invocation completion]]
  (let [top (* line (long (place (:index invocation))))
        end (if completion (inc (long (place (:index completion)))) last-row)
        kind (if completion (name (:type completion)) "none")
        answered (:value completion)
        text (str (when-let [f (:f invocation)] (name f)) " " (shown (:value invocation))
                  (when (and completion (not= answered (:value invocation))) (str " → " (shown answered))))
        title (str "process " (:process invocation) ", " (shown (:f invocation)) "\n"
                   (seconds (:time invocation)) " asked " (shown (:value invocation)) "\n"
                   (if completion
                     (str (seconds (:time completion)) " " kind " " (shown answered)
                          (when-let [e (:error completion)] (str "\n" (pr-str e))))
                     "never completed"))]
    (str "<a class=\"op " kind "\" id=\"i" (:index invocation) "\" href=\"#i" (:index invocation)
         "\" style=\"left:" (* column (long (columns (:process invocation)))) "px;top:" (+ line top)
         "px;height:" (- (* line (- (long end) (long (place (:index invocation))))) 2)
         "px\" title=\"" (escaped title) "\">" (escaped text) "</a>")))

(defn page
  "The page of a history, its first ten thousand operations."
  [test history key]
  (let [pairs (take most-shown (paired history))
        processes (distinct (map (comp :process first) pairs))
        processes (concat (filter keyword? processes) (sort (filter integer? processes)))
        columns (zipmap processes (range))
        place (into {} (map-indexed (fn [i op] [(:index op) i])) history)
        rows (count history)]
    (str "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" (escaped (:name test))
         " timeline</title><style>" css "</style></head><body><h1>" (escaped (:name test))
         (when key (str " key " (escaped (pr-str key)))) "</h1><p>" (count pairs) " operations"
         (when (< most-shown (count (paired history))) " of more; the rest is in history.edn")
         ". One row for each event, one column for each process. Blue: ok. Yellow: nobody knows. Red: failed. Grey: never completed.</p>"
         "<div class=\"ops\" style=\"height:" (* line (+ 2 rows)) "px;width:" (* column (count columns)) "px\">"
         (str/join (map (fn [p] (str "<div class=\"process\" style=\"left:" (* column (long (columns p))) "px;top:0\">"
                                     (escaped (if (keyword? p) (name p) p)) "</div>"))
                        processes))
         "\n"
         (str/join "\n" (map #(box place columns rows %) pairs))
         "\n</div></body></html>\n")))

(defn html
  "Writes timeline.html; always valid."
  []
  (reify checker/Checker
    (check [_ test history opts]
      (when (:folder test)
        (spit (store/file test (:subdirectory opts) "timeline.html")
              (page test history (:history-key opts))))
      {:valid? true})))
