"""The concept list: what keys, labels and class names mean, in five languages.

One line per concept: name, the kind of its values, words in keys and labels, and after `<` where
schema.org keeps it.
"""

VOCABULARY = """
name text: name, title, headline, heading, product, item, article, job title, position,
 event,
 course, book, film, movie, song, recipe, property, listing, repository, repo, package, project,
 story, post, thread, topic, question, vacancy, device, model name, company name, full name,
 название, наименование, имя, заголовок, товар, должность, вакансия,
 titel, bezeichnung, produktname, artikel, überschrift, stelle,
 nom, titre, intitulé, produit, poste, nombre, título, titulo, producto, puesto
 < name headline title
price money: price, cost, amount, sale price, current price, price now, our price, final price,
 fee,
 rate, fare, rent, monthly price, unit price, price usd, price eur, prix, tarif, coût,
 цена, стоимость, цена продажи, preis, kosten, kaufpreis, betrag, gebühr, miete, precio, coste,
 importe, tarifa
 < offers.price offers.lowPrice offers.priceSpecification.price price offers.offers.price
 hasVariant.offers.price
original_price money: original price, old price, list price, regular price, was price, was, rrp,
 msrp,
 price before, compare at price, retail price, strike price, старая цена, alter preis, uvp, statt,
 prix barré, ancien prix, precio anterior, precio original, antes < offers.highPrice
discount text: discount, saving, savings, off, percent off, скидка, rabatt, remise, réduction,
 descuento, rebaja
currency mark: currency, currency code, валюта, währung, devise, monnaie, moneda, divisa
 < offers.priceCurrency priceCurrency offers.priceSpecification.priceCurrency
url url: url, link, href, product url, detail url, page, permalink, web address, website, site,
 homepage,
 ссылка, адрес страницы, сайт, verweis, webseite, lien, site web, enlace, vínculo, sitio web
 < url mainEntityOfPage offers.url
image image: image, pic, image url, img, picture, photo, thumbnail, thumb, cover, poster, avatar,
 logo,
 изображение, картинка, фото, bild, foto, abbildung, photographie, imagen, miniatura
 < image image.url image.contentUrl thumbnailUrl photo logo
description text: description, desc, definition, summary, abstract, excerpt, snippet, teaser,
 details, about,
 overview, subtitle,
 blurb, intro, описание, краткое описание, аннотация, beschreibung, zusammenfassung,
 kurzbeschreibung,
 résumé, extrait, descripción, resumen < description abstract
text text: text, body, content, article body, message, comment, quote, review, review text,
 review body,
 текст, содержание, отзыв, цитата, inhalt, nachricht, kommentar, zitat, bewertungstext,
 texte, contenu, commentaire, citation, avis, texto, contenido, comentario, cita, reseña
 < articleBody reviewBody text
sku code: sku, article number, item number, product code, product id, part number, item no, art
 no, ref,
 reference, catalog number, артикул, код товара, код, номер товара, artikelnummer, artikelnr, art
 nr, bestellnummer,
 produktnummer, référence, réf, code article, referencia, código, código de producto, codice, kod
 produktu, šifra, šifra izdelka, šifra artikla, kat. č., kód produktu, kód produktu, kód,
 katalogové číslo, obj. číslo, číslo zboží, cikkszám, termékkód, cod produs, cod produs,
 artikelcode, varenummer, varenr, tuotenumero, tootekood, preces kods, prekės kodas, ürün kodu,
 stok kodu, 商品番号, 品番, 商品编号, 상품번호, رمز المنتج, sku code, style code, style no,
 referência, código do produto, cod
 < sku productID identifier
mpn code: mpn, manufacturer part number, model number, model, modell, модель, modèle, modelo <
 mpn model.name model
gtin code: gtin, ean, upc, barcode, gtin13, gtin12, gtin8, штрихкод, strichcode, code barres,
 código de barras
 < gtin13 gtin gtin12 gtin14 gtin8 isbn
isbn code: isbn, isbn 13, isbn13, isbn 10 < isbn
brand text: brand, manufacturer, make, maker, label, designer, бренд, производитель, марка,
 marke, hersteller, marque, fabricant, marca, fabricante < brand.name brand manufacturer.name
 manufacturer
availability state: availability, in stock, stock, stock status, available, is available, stock
 level,
 наличие, в наличии, доступность, verfügbarkeit, lagerbestand, lieferbar, auf lager, verfügbar,
 disponibilité, disponible, en stock, stock disponible, disponibilidad, existencias
 < offers.availability offers.offers.availability hasVariant.offers.availability
 availability
condition text: condition, item condition, состояние, zustand, état, estado, condición <
 itemCondition offers.itemCondition
rating rating: rating, stars, score, average rating, review score, user rating, rating value,
 grade,
 рейтинг, оценка, bewertung, sterne, note, évaluation, étoiles, valoración, puntuación,
 calificación, estrellas
 < aggregateRating.ratingValue reviewRating.ratingValue ratingValue
reviews count: reviews, review count, number of reviews, ratings count, rating count, votes, num
 reviews,
 отзывов, количество отзывов, отзывы, anzahl bewertungen, rezensionen, bewertungen,
 nombre d'avis, avis clients, reseñas, número de reseñas, opiniones
 < aggregateRating.reviewCount aggregateRating.ratingCount reviewCount
author text: author, authors, by, writer, written by, creator, artist, user, username, posted by,
 reviewer, byline,
 seller, owner, автор, авторы, пользователь, продавец, autor, autoren, verfasser, von, verkäufer,
 künstler,
 auteur, auteurs, écrit par, vendeur, artiste, escritor, usuario, vendedor, artista
 < author.name author creator.name creator offers.seller.name byArtist.name
date date: date, published, publish date, published at, publication date, date published, posted,
 posted on,
 posted at, created, created at, release date, released, date posted, pub date, day, when, time,
 дата, дата публикации, опубликовано, datum, veröffentlicht, veröffentlicht am, erscheinungsdatum,
 publié le, date de publication, parution, fecha, fecha de publicación, publicado
 < datePublished datePosted uploadDate dateCreated releaseDate startDate
modified date: modified, updated, last updated, date modified, updated at, last modified,
 обновлено, дата обновления,
 aktualisiert, geändert, mis à jour, modifié, actualizado, fecha de actualización < dateModified
start date: start, start date, starts, begins, from, event date, начало, дата начала, beginn,
 beginnt, début, inicio,
 fecha de inicio, comienza < startDate
end date: end, end date, ends, until, deadline, closing date, valid until, expires, application
 deadline, окончание, дедлайн,
 ende, bis, bewerbungsschluss, fin, jusqu'au, date limite, hasta, fecha límite, fecha de fin <
 endDate validThrough
category text: category, genre, type, section, department, subject, kind, категория, жанр, тип,
 раздел, рубрика,
 kategorie, art, rubrik, thema, catégorie, rubrique, categoría, género, tipo, sección
 < category genre articleSection @type
tags text: tags, tag, keywords, labels, topics, теги, метки, schlagwörter, stichworte, mots clés,
 étiquettes,
 etiquetas, palabras clave < keywords
location text: location, place, city, address, addr, venue, where, region, area, town, neighborhood,
 office,
 местоположение, адрес, город, место, регион, ort, standort, adresse, stadt, anschrift,
 arbeitsort, veranstaltungsort,
 lieu, ville, emplacement, ubicación, lugar, dirección, ciudad, localidad
 < location.name location.address.addressLocality address.addressLocality
 jobLocation.address.addressLocality
 location address.streetAddress address jobLocation.name
country text: country, nation, страна, land, herkunftsland, pays, país < address.addressCountry
postcode code: postcode, zip, zip code, postal code, plz, postleitzahl, индекс, почтовый индекс,
 code postal, código postal
 < address.postalCode
phone phone: phone, telephone, tel, phone number, mobile, fax, телефон, тел, telefon,
 telefonnummer, téléphone, teléfono
 < telephone
email email: email, e mail, mail, email address, почта, электронная почта, courriel, correo,
 correo electrónico < email
company text: company, employer, organization, organisation, hiring organization, firm, business,
 store, shop, retailer,
 компания, работодатель, организация, firma, unternehmen, arbeitgeber, entreprise, société,
 employeur, empresa, compañía
 < hiringOrganization.name hiringOrganization publisher.name organizer.name worksFor.name
salary text: salary, pay, compensation, wage, wages, salary range, зарплата, оклад, gehalt, lohn,
 vergütung, salaire,
 rémunération, salario, sueldo < baseSalary.value.value baseSalary estimatedSalary
employment text: employment type, job type, contract, contract type, working hours, тип
 занятости, занятость,
 beschäftigungsart, anstellungsart, vertragsart, type de contrat, contrat, tipo de contrato,
 jornada < employmentType
publisher text: publisher, source, published by, издательство, издатель, источник, verlag,
 herausgeber, quelle,
 éditeur, source, editorial, fuente < publisher.name publisher
language text: language, lang, язык, sprache, langue, idioma < inLanguage programmingLanguage
pages count: pages, page count, number of pages, страниц, seiten, seitenzahl, nombre de pages,
 páginas < numberOfPages
year year: year, release year, год, год выпуска, jahr, baujahr, année, año < copyrightYear
duration text: duration, length, runtime, time, total time, cook time, reading time, minutes,
 продолжительность, длительность,
 dauer, länge, laufzeit, durée, duración < duration totalTime cookTime timeRequired
points count: points, score, upvotes, likes, karma, votes, очки, баллы, punkte, puntos, vues,
 stars count
comments count: comments, comment count, replies, num comments, answers, комментарии,
 комментариев, ответы, kommentare,
 antworten, commentaires, réponses, comentarios, respuestas < commentCount
 interactionStatistic.userInteractionCount
views count: views, view count, plays, downloads, weekly downloads, просмотры, aufrufe,
 ansichten, visites, vistas, descargas
quantity count: quantity, qty, stock count, units, number in stock, pieces, количество, menge,
 anzahl, stückzahl, quantité, cantidad
rank count: rank, position, place, no, number, nr, место, позиция, ранг, rang, platz,
 platzierung, classement, puesto, posición
id code: id, identifier, uid, key, идентификатор, kennung, identifiant, identificador < identifier
size text: size, dimensions, размер, größe, abmessungen, taille, talla, tamaño, medidas < size
color text: color, colour, цвет, farbe, couleur < color
weight text: weight, net weight, вес, gewicht, poids, peso < weight.value weight
material text: material, fabric, материал, matière, matériau < material
shipping text: shipping, delivery, shipping cost, доставка, versand, lieferung, lieferzeit,
 livraison, envío, entrega
rooms count: rooms, bedrooms, beds, комнат, комнаты, zimmer, pièces, chambres, habitaciones,
 dormitorios < numberOfRooms
area text: area, square feet, sqft, floor area, living area, площадь, wohnfläche, fläche,
 surface, superficie < floorSize.value
organizer text: organizer, host, organiser, организатор, veranstalter, organisateur, organizador
 < organizer.name
ingredients text: ingredients, ингредиенты, zutaten, ingrédients, ingredientes < recipeIngredient
population count: population, inhabitants, население, einwohner, einwohnerzahl, habitants,
 población, habitantes
"""
